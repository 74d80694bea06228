import { asObject, integer, type Json } from '../read/json.ts'

/** Words that a `status` field has for a failure (JSend and its kin). */
const failureWords = ['error', 'fail', 'failed', 'failure']

/**
 * What a body under a success status says against it: a `status` of 400 or more, a failure word, `success: false`, or
 * `error` or `errors` with something in them. Undefined where it says nothing against it.
 */
export function refusalIn(body: unknown): { status: number | undefined } | undefined {
  const top = asObject(body)
  for (const object of [top, asObject(top?.data)]) {
    if (!object) continue
    const status = integer(object.status)
    if (status !== undefined && status >= 400 && status < 600) return { status }
    if (saysNo(object)) return { status: undefined }
  }
  return undefined
}

function saysNo(object: Json): boolean {
  const { status, success } = object
  if (success === false || success === 'false') return true
  if (typeof status === 'string' && failureWords.includes(status.toLowerCase())) return true
  return isFilled(object.error) || isFilled(object.errors)
}

function isFilled(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 'false') return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value !== 'object' || Object.keys(value).length > 0
}
