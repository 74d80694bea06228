import type { Db } from './open-store.ts'

/** How long a key is remembered, in milliseconds. */
const keyLifetime = 24 * 60 * 60_000

/** One creation that a client may send again. */
export interface KeyedCreation {
  userId: number
  /** What the client sent as `Idempotency-Key`; undefined where it sent none, and nothing is noted. */
  key: string | undefined
  operation: string
  /** What is created, in one spelling: a key is good for one creation. */
  subject: string
  /** A digest of everything it is to be created with. */
  fingerprint: string
  now: number
}

/**
 * Takes the key for this transaction: `object_id` is what an earlier request with this key has created, null where this is
 * the first. Requests with the same key at the same time run one after the other.
 */
export async function takeKey(
  tx: Db,
  { userId, key, operation, subject, fingerprint, now }: KeyedCreation & { key: string },
): Promise<{ operation: string; subject: string; fingerprint: string | null; object_id: number | null }> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<=', now - keyLifetime)
    .execute()
  await tx
    .insertInto('idempotency_keys')
    .values({ user_id: userId, key, operation, subject, fingerprint, object_id: null, created_at: now })
    .onConflict((conflict) => conflict.columns(['user_id', 'key']).doNothing())
    .execute()
  return tx
    .selectFrom('idempotency_keys')
    .select(['operation', 'subject', 'fingerprint', 'object_id'])
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
}

/** Notes what the request with this key has created. */
export async function keepCreated(tx: Db, { userId, key }: KeyedCreation, id: number): Promise<void> {
  if (key === undefined) return
  await tx
    .updateTable('idempotency_keys')
    .set({ object_id: id })
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .execute()
}
