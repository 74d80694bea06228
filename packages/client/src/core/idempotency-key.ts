import { InvalidArgumentError } from './errors.ts'

/** draft-ietf-httpapi-idempotency-key-header */
export const idempotencyKeyHeader = 'Idempotency-Key'

/** The options with a key of their own, so that every attempt of one creation carries the same. */
export function withIdempotencyKey<Options extends { idempotencyKey?: string | undefined }>(options: Options): Options {
  // In browsers a further header needs the server's consent (CORS), which the vendor's may not give.
  if (options.idempotencyKey !== undefined || 'document' in globalThis) return options
  return { ...options, idempotencyKey: globalThis.crypto.randomUUID() }
}

/** The header's value, a string of RFC 9651 section 3.3.3: printable ASCII in quotes. */
export function idempotencyKeyValue(key: string): string {
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return `"${key.replace(/["\\]/g, '\\$&')}"`
  throw new InvalidArgumentError(
    `idempotencyKey must be 1 to 255 characters of printable ASCII, found ${JSON.stringify(String(key).slice(0, 100))}`,
  )
}
