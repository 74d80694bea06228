import { createHash } from 'node:crypto'
import { Problem, refused } from '../rules/problem.ts'
import { type KeyedCreation, takeKey } from '../store/idempotency-keys.ts'
import type { Db } from '../store/open-store.ts'

/**
 * The id of what an earlier request with the same `Idempotency-Key` created; null where this request is the first or has no
 * key. Belongs into the transaction of the creation, so that key and object are stored together or not at all.
 *
 * @throws {Problem} 422 when the key was used for something else
 */
export async function createdEarlier(tx: Db, creation: KeyedCreation): Promise<number | null> {
  if (creation.key === undefined) return null
  const { operation, subject, fingerprint, object_id } = await takeKey(tx, { ...creation, key: creation.key })
  const sameObject = operation === creation.operation && subject === creation.subject
  if (sameObject && (fingerprint === null || fingerprint === creation.fingerprint)) return object_id
  const message = sameObject
    ? `This Idempotency-Key was used for ${operation} of ${subject} with other values. Send a new key, or the values of the first request.`
    : `This Idempotency-Key was used for ${operation} of ${subject}. Send a new key for each new object.`
  throw new Problem(422, message, [{ field: 'Idempotency-Key', code: 'idempotency_key_reused', message }])
}

/** A digest of the values of a creation, in whatever order they were sent. */
export function fingerprintOf(values: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(values)))
    .digest('hex')
}

/** A key whose object was deleted since: the request that is sent again must not make it anew. */
export function deletedSince({ key, operation, subject }: KeyedCreation): Problem {
  const message = `The request with the Idempotency-Key ${key} was carried out (${operation} of ${subject}), and what it created was deleted or moved since. Send a new key to create it again.`
  return refused([{ field: 'Idempotency-Key', code: 'idempotency_key_reused', message }])
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]))
}

const longestKey = 255

/** The key of a request: a string of RFC 9651 section 3.3.3, as the header's draft has it, or without quotes. @throws {Problem} 400 */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  const text = typeof header === 'string' ? header : ''
  const [, quoted] = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"$/.exec(text) ?? []
  const key = quoted === undefined ? text : quoted.replace(/\\(.)/g, '$1')
  if ((quoted !== undefined || /^[\x21\x23-\x7e][\x21-\x7e]*$/.test(key)) && key.length <= longestKey) return key
  throw new Problem(
    400,
    `The header Idempotency-Key must be 1 to ${longestKey} printable ASCII characters, such as a UUID, with quotes around them where there are spaces.`,
  )
}
