import type { FastifySchemaCompiler } from 'fastify'
import * as z from 'zod'
import { Problem, type ProblemDetail, refused } from '../rules/problem.ts'

/**
 * Validates a part of the request by the contract. An invalid value is refused with 422 and a detail for each field; an
 * invalid path parameter is a 404, like the id of anything that does not exist.
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const unreadable = unreadableText(data)
    if (unreadable !== undefined && httpPart !== 'params') {
      const message = `${unreadable || 'The body'} contains a control character, one that changes the direction of reading, or an unpaired surrogate. Remove it.`
      return { error: refused([{ field: unreadable, code: 'invalid_value', message }]) }
    }
    const result = schema.safeParse(data)
    if (result.success && unreadable === undefined) return { value: result.data }
    if (httpPart === 'params') return { error: new Problem(404, 'Not found.') }
    const envelope = missingEnvelope(schema, data)
    if (envelope !== undefined) {
      const message = `Wrap the fields in "${envelope}": send {"${envelope}": {...}}.`
      return { error: refused([{ field: envelope, code: 'required', message }]) }
    }
    return { error: refused((result.error?.issues ?? []).flatMap((issue) => detailsOf(issue, data))) }
  }

/**
 * Those of ASCII and of Latin-1, which begin sequences that change a terminal; ends of lines and of paragraphs; and those that
 * change the direction of reading, so that a title reads as another one beside it.
 */
const hiddenCharacters = String.raw`\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069`
const controlCharacter = new RegExp(`[${hiddenCharacters}]`)

/** What a text in a request matches, as a pattern of JSON Schema: the same, said of the whole text. */
export const withoutControlCharacters = `^[^${hiddenCharacters}]*$`

/**
 * The path of a text with control characters (PostgreSQL refuses NUL) or unpaired surrogates. Undefined when there is
 * none.
 */
function unreadableText(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value === 'string') {
    return controlCharacter.test(value) || !value.isWellFormed() ? path.join('.') : undefined
  }
  // No field of the contract is nested this deep; the schema refuses it without recursion.
  if (typeof value !== 'object' || value === null || path.length > 16) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = unreadableText(inner, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

/** The one field around all others, when the request has other fields instead. */
function missingEnvelope(schema: z.ZodType, data: unknown): string | undefined {
  const shape = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  const [envelope] = shape
  if (envelope === undefined || shape.length > 1) return undefined
  if (typeof data !== 'object' || data === null || Array.isArray(data) || Object.keys(data).length === 0)
    return undefined
  return Object.hasOwn(data, envelope) ? undefined : envelope
}

function detailsOf(issue: z.core.$ZodIssue, data: unknown): ProblemDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const field = [...issue.path, key].join('.')
      return { field, code: 'unknown_field', message: unknownField(field) }
    })
  }
  const field = issue.path.join('.')
  const found = valueAt(data, issue.path)
  const missing = found === undefined || (found === null && field === '')
  if (missing && issue.code !== 'custom') {
    return [{ field, code: 'required', message: `${field || 'A JSON body'} is required.` }]
  }
  const code = issue.code === 'invalid_type' || issue.code === 'invalid_union' ? 'wrong_type' : codeOf(issue)
  const message = `${field || 'The body'} is invalid: ${expectation(issue)}, found ${shown(found)}.`
  return [{ field, code, message }]
}

function codeOf(issue: z.core.$ZodIssue): ProblemDetail['code'] {
  return issue.path.at(-1) === 'rua_report' ? 'report_flag_required' : 'invalid_value'
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_type') return `expected ${kinds[issue.expected] ?? `a ${issue.expected}`}`
  if (issue.code === 'too_big') return bound('most', issue, issue.maximum)
  if (issue.code === 'too_small') return bound('least', issue, issue.minimum)
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.flatMap(([first]) => (first ? [expectation(first).replace(/^expected /, '')] : []))
    return `expected ${[...new Set(branches)].join(', or ')}`
  }
  return issue.message.replace(/^Invalid (input|string|number): /, '').replace(/^./, (letter) => letter.toLowerCase())
}

const kinds: Readonly<Record<string, string>> = { int: 'a whole number', array: 'a list', object: 'an object' }

/** By the kind of value, and by field for numbers. */
const units: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  mx_age: ' days',
  pct: ' percent',
}

/** `at most 365 days`, `at most 100 characters`. */
function bound(
  word: 'least' | 'most',
  issue: { origin: string; path: readonly PropertyKey[] },
  limit: number | bigint,
): string {
  const unit = units[issue.origin] ?? units[String(issue.path.at(-1))] ?? ''
  return `expected at ${word} ${limit}${unit}`
}

/** For fields of a domain that cannot be changed, says what to do instead. */
function unknownField(field: string): string {
  const name = field.split('.').at(-1)
  if (name === 'address' || name === 'parked_domain') {
    return `${name} cannot be changed. Delete the domain and create it again.`
  }
  return `${field} is not a field of this request. Remove it. /openapi.json lists the fields.`
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

/** The value sent, shortened for a message. Nested values are not shown: they may be nested deeper than the stack allows. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
