import { excerpt } from '@dmarc-as-code/primitives'
import { asObject, text } from '../read/json.ts'

/** One refused field. Our server sends all of it; from other bodies as much as they tell. */
export interface ErrorDetail {
  /** Dotted path, e.g. `domain.address`; empty when no single field is to blame. */
  field: string
  /** Machine-readable reason, such as `address_taken`; undefined where the server gives none. */
  code: string | undefined
  /** What is wrong with the field, in words. */
  message: string
  /** The id of the object that is in the way, where the server tells. */
  existing_id?: number
}

export interface ErrorReading {
  message: string
  code: string | undefined
  details: ErrorDetail[]
  requestId: string | undefined
}

/**
 * Reads a failed answer and never throws: no error body is documented by the vendor. Known are our own server's
 * `{error: {code, message, details}}`, Rails' `error` text and its `errors` (a list, or field → list, perhaps below the name
 * of the model), the pair `message` + `status`, problem details (RFC 9457), JSON:API, OAuth's `error_description`, and
 * plain text or HTML.
 */
export function readErrorBody(body: unknown): ErrorReading {
  const reading: ErrorReading = { message: '', code: undefined, details: [], requestId: undefined }
  if (typeof body === 'string') return { ...reading, message: plainText(body) }
  const top = asObject(body)
  if (!top) return reading

  const error = asObject(top.error)
  if (error) {
    reading.message = text(error.message) ?? ''
    reading.code = text(error.code)
    reading.requestId = text(error.request_id)
    if (Array.isArray(error.details)) reading.details = error.details.flatMap(readDetail)
  } else {
    reading.message = text(top.error) ?? ''
    reading.code = text(top.code)
  }
  reading.details.push(...readErrors(top.errors, '', 0))
  reading.message ||= text(top.message) ?? ''
  const told = [text(top.title), text(top.detail) ?? text(top.error_description)].filter((part) => part)
  // OAuth's `error` is a code beside its description.
  if (top.error_description !== undefined && !error) reading.code ??= text(top.error)
  reading.message = [reading.message, ...told.filter((part) => part !== reading.message)].filter(Boolean).join(': ')
  reading.requestId ??= text(top.request_id) ?? text(top.trace_id)
  reading.message = excerpt(reading.message)
  return reading
}

function readDetail(value: unknown): ErrorDetail[] {
  if (typeof value === 'string') return [{ field: '', code: undefined, message: excerpt(value) }]
  const detail = asObject(value)
  if (!detail) return []
  const { existing_id } = detail
  const source = asObject(detail.source)
  // JSON:API: `/data/attributes/address`; RFC 9457's `errors`: `#/address`.
  const pointer = text(source?.pointer) ?? text(detail.pointer)
  const field = text(detail.field) ?? text(source?.parameter) ?? pointer?.replace(/^#?(?:\/data\/attributes)?\//, '')
  const told = text(detail.message) ?? text(detail.detail) ?? text(detail.title) ?? ''
  return [
    {
      field: field?.replaceAll('/', '.') ?? '',
      code: text(detail.code),
      message: excerpt(told),
      ...(typeof existing_id === 'number' && { existing_id }),
    },
  ]
}

/** Texts, lists of them, and objects of fields; Rails puts those of a model below its name. */
function readErrors(errors: unknown, field: string, depth: number): ErrorDetail[] {
  if (depth > 5) return []
  if (typeof errors === 'string') return errors === '' ? [] : [{ field, code: undefined, message: excerpt(errors) }]
  if (Array.isArray(errors)) {
    return errors.flatMap((each) => (typeof each === 'string' ? readErrors(each, field, depth + 1) : readDetail(each)))
  }
  return Object.entries(asObject(errors) ?? {}).flatMap(([name, inner]) =>
    readErrors(inner, field && name !== 'base' ? `${field}.${name}` : name === 'base' ? field : name, depth + 1),
  )
}

/** An HTML page says what matters in its title; its markup helps nobody. */
function plainText(body: string): string {
  if (!/^\s*</.test(body)) return excerpt(body)
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1]
  return excerpt(title ?? body.replace(/<[^>]*>/g, ' '), 200)
}
