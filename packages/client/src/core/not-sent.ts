/** Failures to even open a connection, by Node's and undici's codes. */
const codes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** The same in Electron's and Chromium's words, which come inside the message. */
const netErrors =
  /net::ERR_(CONNECTION_REFUSED|NAME_NOT_RESOLVED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|PROXY_CONNECTION_FAILED)\b/

/**
 * Whether a failed fetch proves that the request never left: the connection could not be opened. When Node tried several
 * addresses, each of them must have failed so. A browser hides the reason, and then the answer is no.
 */
export function provesNotSent(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false
  const { code, errors, cause, message } = error as Record<string, unknown>
  if (Array.isArray(errors) && errors.length > 0) return errors.every((each) => provesNotSent(each, depth + 1))
  if (typeof code === 'string' && codes.has(code)) return true
  if (typeof message === 'string' && netErrors.test(message)) return true
  return provesNotSent(cause, depth + 1)
}

/** What failed, for people; the original words in brackets, for a search. Unknown ones stay as they are. */
const plainWords: readonly (readonly [RegExp, string])[] = [
  [
    /^(other side closed|terminated|aborted|socket hang up)$|ECONNRESET|EPIPE/,
    'the connection was closed before the answer was complete',
  ],
  [/ECONNREFUSED/, 'nothing listens there'],
  [/ENOTFOUND/, 'there is no host of this name'],
]

export function plainMessage(error: unknown): string {
  const told = innermostMessage(error)
  const words = plainWords.find(([pattern]) => pattern.test(told))?.[1]
  return words ? `${words} (${told})` : told
}

/** The most telling words of a failed fetch, whose own message is only "fetch failed". */
export function innermostMessage(error: unknown): string {
  let current = error
  for (let depth = 0; depth < 5; depth++) {
    const { cause, errors } = (current ?? {}) as { cause?: unknown; errors?: unknown }
    const next = cause ?? (Array.isArray(errors) ? errors[0] : undefined)
    if (next === undefined || next === null) break
    current = next
  }
  if (!(current instanceof Error)) return String(current)
  const { code } = current as { code?: unknown }
  return current.message || (typeof code === 'string' ? code : current.name)
}
