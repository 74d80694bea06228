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
  if (!isReadable(error)) return UNREADABLE
  if (!(error instanceof Error)) return textOf(error)
  return `${ownMessage(error) || error.name}${inside(error, around)}`
}

function inside(error: Error, around: readonly unknown[]): string {
  const { held, cause, path } = partsOf(error, around)
  const lines = held.map((one) => `\n- ${message(one, path).replaceAll('\n', '\n  ')}`)
  const causes = cause.map((one) => message(one, path)).filter((text) => !ownMessage(error).endsWith(text))
  return lines.join('') + causes.map((text) => `\nCaused by: ${text}`).join('')
}

/** The stack of an error with those of the errors inside it, for logs. */
export function stackOf(error: unknown): string {
  return stack(error, [])
}

function stack(error: unknown, around: readonly unknown[]): string {
  if (!isReadable(error)) return UNREADABLE
  if (!(error instanceof Error)) return textOf(error)
  const { held, cause, path } = partsOf(error, around)
  const lines = held.map((one) => `\nHolds: ${stack(one, path)}`)
  const own = String(error.stack || `${error.name}: ${ownMessage(error)}`)
  return own + lines.join('') + cause.map((one) => `\nCaused by: ${stack(one, path)}`).join('')
}

/** Anything can be thrown, and an error may have any message. */
const ownMessage = (error: Error): string => textOf(error.message)

const LONGEST_OBJECT = 1_000

/** What was thrown instead of an error, such as the parsed answer of a server. */
function textOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown)
  if ('message' in thrown && typeof thrown.message === 'string' && thrown.message !== '') return thrown.message
  const json = JSON.stringify(thrown) ?? ''
  return json === '{}' ? Object.prototype.toString.call(thrown) : json.slice(0, LONGEST_OBJECT)
}

const UNREADABLE = 'What was thrown cannot be shown: reading it throws an error itself.'

/** Whether what was thrown can be looked at without another error. */
function isReadable(thrown: unknown): boolean {
  try {
    if (!(thrown instanceof Error)) return textOf(thrown) !== undefined
    const held = thrown instanceof AggregateError ? thrown.errors : []
    return [ownMessage(thrown), thrown.name, thrown.stack, thrown.cause].length > 0 && Array.isArray(held)
  } catch {
    return false
  }
}

/** What was thrown, or an error that says so where it cannot even be looked at. */
export const readable = (thrown: unknown): unknown => (isReadable(thrown) ? thrown : new Error(UNREADABLE))

/** What is directly inside an error and is not around it as well. `path` leads to what is inside. */
function partsOf(error: Error, around: readonly unknown[]) {
  const path = [...around, error]
  if (around.length >= DEPTH) return { held: [], cause: [], path }
  const news = (one: unknown) => !path.includes(one)
  const held: readonly unknown[] = error instanceof AggregateError ? error.errors : []
  return { held: held.filter(news), cause: [error.cause].filter((one) => one !== undefined && news(one)), path }
}
