import { excerpt } from '@dmarc-as-code/primitives'
import { asObject, text } from '../read/json.ts'

/** One refused field. Our server sends all of it; from other bodies as much as they tell. */
export interface ErrorDetail {
  /** Dotted path, e.g. `domain.address`; empty when no single field is to blame. */
  field: string
  code: string | undefined
  message: string
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
 * `{error: {code, message, details}}`, Rails' `error` text, `errors` as list or as field → list, the house pair
 * `message` + `status`, and plain text or HTML.
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
  reading.details.push(...readErrors(top.errors))
  reading.message ||= text(top.message) ?? ''
  reading.message = excerpt(reading.message)
  return reading
}

function readDetail(value: unknown): ErrorDetail[] {
  if (typeof value === 'string') return [{ field: '', code: undefined, message: excerpt(value) }]
  const detail = asObject(value)
  if (!detail) return []
  const { existing_id } = detail
  return [
    {
      field: text(detail.field) ?? '',
      code: text(detail.code),
      message: excerpt(text(detail.message) ?? ''),
      ...(typeof existing_id === 'number' && { existing_id }),
    },
  ]
}

function readErrors(errors: unknown): ErrorDetail[] {
  if (Array.isArray(errors)) return errors.flatMap(readDetail)
  return Object.entries(asObject(errors) ?? {}).flatMap(([field, messages]) =>
    (Array.isArray(messages) ? messages : [messages])
      .filter((message) => typeof message === 'string')
      .map((message) => ({ field, code: undefined, message: excerpt(message) })),
  )
}

/** An HTML page says what matters in its title; its markup helps nobody. */
function plainText(body: string): string {
  if (!/^\s*</.test(body)) return excerpt(body)
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1]
  return excerpt(title ?? body.replace(/<[^>]*>/g, ' '), 200)
}
