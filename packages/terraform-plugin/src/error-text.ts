// What errors say, with the errors inside them. Errors can hold each other in circles, so every walk has a depth.

const DEPTH = 8

/** The message of an error, then those it holds and those it was caused by. Without stacks, for users. */
export function messageOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.message || error.name}${insideOf(error, depth)}`
}

/** What an error holds and what caused it, each on lines of its own. Empty where it is alone. */
export function insideOf(error: Error, depth = 0): string {
  if (depth >= DEPTH) return ''
  const held = error instanceof AggregateError ? error.errors : []
  const parts = held.map((one: unknown) => `\n- ${messageOf(one, depth + 1).replaceAll('\n', '\n  ')}`)
  if (error.cause !== undefined) parts.push(`\nCaused by: ${messageOf(error.cause, depth + 1)}`)
  return parts.join('')
}

/** The stack of an error with those of the errors inside it, for logs. */
export function stackOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack || `${error.name}: ${error.message}`
  if (depth >= DEPTH) return own
  const held = error instanceof AggregateError ? error.errors : []
  const inside = held.map((one: unknown) => `\nHolds: ${stackOf(one, depth + 1)}`)
  if (error.cause !== undefined) inside.push(`\nCaused by: ${stackOf(error.cause, depth + 1)}`)
  return own + inside.join('')
}
