/** draft-ietf-httpapi-idempotency-key-header; the value is a quoted string. */
export const idempotencyKeyHeader = 'Idempotency-Key'

/** The options with a key of their own, so that every attempt of one creation carries the same. */
export function withIdempotencyKey<Options extends { idempotencyKey?: string | undefined }>(options: Options): Options {
  // In browsers a further header needs the server's consent (CORS), which the vendor's may not give.
  if (options.idempotencyKey !== undefined || 'document' in globalThis) return options
  return { ...options, idempotencyKey: globalThis.crypto.randomUUID() }
}
