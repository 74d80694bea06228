// What errors say, with the errors inside them. Errors can hold each other in circles, so every walk has a depth and shows no error
// inside itself.

const DEPTH = 8

/** The message of an error, then those it holds and those it was caused by. Without stacks, for users. */
export function messageOf(error: unknown): string {
  return message(error, [])
}

/** What an error holds and what caused it, each on lines of its own. Empty where it is alone, or says it in its own message. */
export function insideOf(error: Error): string {
  return inside(error, [])
}

function message(error: unknown, around: readonly unknown[]): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.message || error.name}${inside(error, around)}`
}

function inside(error: Error, around: readonly unknown[]): string {
  const { held, cause, path } = partsOf(error, around)
  const lines = held.map((one) => `\n- ${message(one, path).replaceAll('\n', '\n  ')}`)
  const causes = cause.map((one) => message(one, path)).filter((text) => !error.message.endsWith(text))
  return lines.join('') + causes.map((text) => `\nCaused by: ${text}`).join('')
}

/** The stack of an error with those of the errors inside it, for logs. */
export function stackOf(error: unknown): string {
  return stack(error, [])
}

function stack(error: unknown, around: readonly unknown[]): string {
  if (!(error instanceof Error)) return String(error)
  const { held, cause, path } = partsOf(error, around)
  const lines = held.map((one) => `\nHolds: ${stack(one, path)}`)
  const own = error.stack || `${error.name}: ${error.message}`
  return own + lines.join('') + cause.map((one) => `\nCaused by: ${stack(one, path)}`).join('')
}

/** What is directly inside an error and is not around it as well. `path` leads to what is inside. */
function partsOf(error: Error, around: readonly unknown[]) {
  const path = [...around, error]
  if (around.length >= DEPTH) return { held: [], cause: [], path }
  const news = (one: unknown) => !path.includes(one)
  const held: readonly unknown[] = error instanceof AggregateError ? error.errors : []
  return { held: held.filter(news), cause: [error.cause].filter((one) => one !== undefined && news(one)), path }
}
