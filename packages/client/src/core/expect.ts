import { UnexpectedAnswerError } from './errors.ts'
import { excerpt } from './redact.ts'
import type { RawAnswer } from './transport.ts'

/** The reading of a success, or an error that says what came instead. */
export function expected<Reading>(reading: Reading | undefined, what: string, answer: RawAnswer): Reading {
  if (reading !== undefined) return reading
  throw new UnexpectedAnswerError(
    `Expected ${what}, found ${describe(answer.body)} (status ${answer.status}). Check that the base URL is that of the API.`,
  )
}

/** Names the shape and not the content, which may hold anything. */
function describe(body: unknown): string {
  if (body === undefined) return 'an empty body'
  if (typeof body === 'string') return /^\s*</.test(body) ? 'an HTML or XML page' : 'plain text'
  if (Array.isArray(body)) return `a list of ${body.length}`
  if (typeof body !== 'object' || body === null) return `the ${typeof body} ${String(body)}`
  return `an object with the fields ${excerpt(Object.keys(body).join(', '), 200) || '(none)'}`
}
