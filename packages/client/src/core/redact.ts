const mask = '[redacted]'

/** Longest text of an outside answer that goes into an error; the rest helps nobody and fills logs. */
const longestText = 2000

/**
 * Real tokens have 61 characters. A stand-in such as `test` is no secret, and masking it would eat words out of every
 * message; as `token=test` it is masked all the same.
 */
const shortestSecret = 8

/** Removes one client's token from whatever may leave it: messages, bodies, headers, causes, log fields. */
export interface Redactor {
  text(value: string): string
  /** A deep copy of plain data with every text redacted. */
  data(value: unknown): unknown
  /** A copy of an error that keeps what explains it and drops everything else a fetch implementation may hang on it. */
  cause(value: unknown): unknown
}

export function redactor(token: string): Redactor {
  const spellings = token.length < shortestSecret ? [] : [...new Set([token, encodeURIComponent(token), btoa(token)])]
  const text = (value: string) => {
    let result = value
    for (const spelling of spellings) result = result.replaceAll(spelling, mask)
    // Other people's tokens too: a proxy may answer with the headers it was sent.
    return result.replace(/(\btoken=|\bbearer\s+)(?!\[redacted\])["']?[^\s"',;&]+["']?/gi, `$1${mask}`)
  }
  const data = (value: unknown, depth = 0): unknown => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null) return value
    if (depth > 20) return mask
    if (Array.isArray(value)) return value.map((item) => data(item, depth + 1))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), data(item, depth + 1)]))
  }
  const cause = (value: unknown, depth = 0): unknown => {
    if (!(value instanceof Error)) return data(value)
    const copy = new Error(text(value.message)) as Error & { code?: string; errors?: unknown[] }
    copy.name = value.name
    if (value.stack !== undefined) copy.stack = text(value.stack)
    const { code, errors } = value as { code?: unknown; errors?: unknown }
    if (typeof code === 'string') copy.code = text(code)
    if (depth < 5) {
      if (value.cause !== undefined) copy.cause = cause(value.cause, depth + 1)
      if (Array.isArray(errors)) copy.errors = errors.map((item) => cause(item, depth + 1))
    }
    return copy
  }
  return { text, data: (value) => data(value), cause: (value) => cause(value) }
}

/** Shortens an outside text for a message. */
export function excerpt(value: string, longest = longestText): string {
  const flat = value.replace(/\s+/g, ' ').trim()
  return flat.length > longest ? `${flat.slice(0, longest)}… (${flat.length} characters)` : flat
}
