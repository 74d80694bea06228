import { excerpt } from '@dmarc-as-code/primitives'
import { asObject, type Json, text } from '../read/json.ts'

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

/** Details that are read; a server may send any number. */
const mostDetails = 100

/**
 * Reads a failed answer and never throws: no error body is documented by the vendor. Known are our own server's
 * `{error: {code, message, details}}`, Rails' `error` text, its `errors` (a list, or field → list, perhaps below the name
 * of the model) and the same without a name around it, the pair `message` + `status`, problem details (RFC 9457), JSON:API,
 * OAuth's `error_description`, and plain text or HTML.
 */
export function readErrorBody(body: unknown): ErrorReading {
  const reading: ErrorReading = { message: '', code: undefined, details: [], requestId: undefined }
  if (typeof body === 'string') return { ...reading, message: plainText(body) }
  const top = asObject(body)
  const lists = [
    top?.errors,
    asObject(top?.data)?.errors,
    asObject(top?.meta)?.errors,
    top?.messages,
    top?.['invalid-params'],
  ]
  if (Array.isArray(body)) lists.push(body)
  else if (!top) return reading

  const error = asObject(top?.error)
  if (error) {
    reading.message = text(error.message) ?? ''
    reading.code = text(error.code)
    reading.requestId = text(error.request_id)
    lists.unshift(error.details ?? error.errors ?? (isErrorMap(error) && error))
  } else {
    reading.message = text(top?.error) ?? ''
    reading.code = text(top?.code)
    lists.push(Array.isArray(top?.error) && top.error)
  }
  if (Array.isArray(top?.message)) lists.push(top.message)
  reading.message ||= text(top?.message) ?? ''
  const told = [text(top?.title), text(top?.detail) ?? text(top?.error_description)].filter((part) => part)
  // OAuth's `error` is a code beside its description.
  if (top?.error_description !== undefined && !error) reading.code ??= text(top.error)
  reading.message = [reading.message, ...told.filter((part) => part !== reading.message)].filter(Boolean).join(': ')
  reading.requestId ??= text(top?.request_id) ?? text(top?.trace_id)
  reading.message = excerpt(reading.message)
  if (top && !reading.message && lists.every((list) => !list) && isErrorMap(top)) lists.push(top)
  reading.details = lists.flatMap((list) => readErrors(list || undefined, '', 0)).slice(0, mostDetails)
  return reading
}

/** `{"address": ["has already been taken"]}`, as Rails' scaffold answers: every value is a list of texts. */
const isErrorMap = (object: Json): boolean => {
  const lists = Object.values(object)
  return (
    lists.length > 0 && lists.every((list) => Array.isArray(list) && list.every((each) => typeof each === 'string'))
  )
}

function readDetail(value: unknown): ErrorDetail[] {
  if (typeof value === 'string') return [{ field: '', code: undefined, message: excerpt(value) }]
  const detail = asObject(value)
  if (!detail) return []
  const { existing_id } = detail
  const source = asObject(detail.source)
  // JSON:API: `/data/attributes/address`; RFC 9457's `errors`: `#/address`.
  const pointer = text(source?.pointer) ?? text(detail.pointer)
  const named = ['field', 'attribute', 'name', 'param', 'property'].map((key) => text(detail[key])).find(Boolean)
  const field = named ?? text(source?.parameter) ?? pointer?.replace(/^#?(?:\/data\/attributes)?\//, '')
  const words = ['message', 'detail', 'title', 'reason', 'error', 'msg'].map((key) => text(detail[key]))
  const told = words.find(Boolean) ?? ''
  return [
    {
      field: excerpt(field?.replaceAll('/', '.') ?? '', 200),
      code: text(detail.code) ?? text(detail.type),
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
    // The rest would only be cut.
    return errors.slice(0, mostDetails).flatMap((each) => {
      if (typeof each === 'string') return readErrors(each, field, depth + 1)
      return readDetail(each).map((detail) => ({ ...detail, field: detail.field || field }))
    })
  }
  return Object.entries(asObject(errors) ?? {})
    .slice(0, mostDetails)
    .flatMap(([name, inner]) => {
      const path = isGeneral(name) ? field : field ? `${field}.${name}` : name
      return readErrors(inner, excerpt(path, 200), depth + 1)
    })
}

/** Names under which errors of the whole object stand. */
const isGeneral = (name: string): boolean => ['base', 'full_messages', 'non_field_errors'].includes(name)

/** An HTML page says what matters in its title; its markup helps nobody. */
function plainText(body: string): string {
  if (!/^\s*</.test(body)) return excerpt(body)
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1]
  return excerpt(title ?? body.replace(/<[^>]*>/g, ' '), 200)
}
