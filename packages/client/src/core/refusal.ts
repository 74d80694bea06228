import { asObject, flag, integer, type Json } from '../read/json.ts'

/** Words that a `status`, `result` or `type` has for a failure (JSend and its kin), and Rails' names of statuses. */
const failureWords =
  /^(?:error|errors|fail|failed|failure|denied|rejected|bad_request|unauthorized|forbidden|not_found|conflict|gone|unprocessable_(?:entity|content)|[45]\d\d\b.*)$/i

/** Where an answer keeps its object, and what is said about it. */
const wrappers = ['data', 'meta', 'result', 'response', 'domain', 'account', 'tag', 'domain_account', 'user_account']

/**
 * What a body under a success status says against it: a status or code of 400 or more, a failure word, `success: false`, or
 * `error` or `errors` with something in them, also inside the object it wraps. Undefined where it says nothing against it.
 */
export function refusalIn(body: unknown): { status: number | undefined } | undefined {
  const top = asObject(body)
  const data = asObject(top?.data)
  for (const object of [top, ...wrappers.flatMap((key) => [asObject(top?.[key]), asObject(data?.[key])])]) {
    if (!object) continue
    for (const key of ['status', 'code', 'statusCode', 'status_code', 'http_status']) {
      const status = integer(object[key])
      if (status !== undefined && status >= 400 && status < 600) return { status }
    }
    if (saysNo(object)) return { status: undefined }
  }
  return undefined
}

function saysNo(object: Json): boolean {
  if ([object.success, object.ok].some((value) => flag(value) === false)) return true
  const words = [object.status, object.result, object.type]
  if (!isEntity(object) && words.some((word) => typeof word === 'string' && failureWords.test(word))) return true
  return isFilled(object.error) || isFilled(object.errors)
}

/** An object of the API: its `status` is a property of its own, such as that of a check, and no verdict on the request. */
const isEntity = (object: Json): boolean =>
  integer(object.id) !== undefined && ['address', 'slug', 'account_id', 'name'].some((key) => key in object)

function isFilled(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || flag(value) === false) return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value !== 'object' || Object.keys(value).length > 0
}
