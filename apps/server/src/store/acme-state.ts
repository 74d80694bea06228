import { sql } from 'kysely'
import type { Db, Store } from './open-store.ts'
import { databaseNow } from './work.ts'

/**
 * `account`: the key of the account at the CA with this directory, encrypted. `certificate`: of a host name, its key encrypted.
 * `http-01`, `tls-alpn-01`: the proof for a token or a host name while an order is under way. `failure`: of the last order for a
 * host name. `directory`: the CAA names of the CA with this directory.
 */
export type AcmeKind = 'account' | 'certificate' | 'http-01' | 'tls-alpn-01' | 'failure' | 'directory'

export async function readAcmeState(db: Db, kind: AcmeKind, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('acme_state')
    .select('value')
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.value
}

/** `expiresAt`: milliseconds since 1970, after which it may be removed. Default: never. */
export async function writeAcmeState(
  { db, engine }: Store,
  kind: AcmeKind,
  name: string,
  value: string,
  { expiresAt = null }: { expiresAt?: number | null } = {},
): Promise<void> {
  const clock = databaseNow(engine)
  const end = expiresAt === null ? null : Math.ceil(expiresAt)
  await db
    .insertInto('acme_state')
    .values({ kind, name, value, updated_at: sql`${clock}`, expires_at: end })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'name']).doUpdateSet({ value, updated_at: sql`${clock}`, expires_at: end }),
    )
    .execute()
}

/** Writes what is not there yet. Returns what is there then, of whichever process came first. */
export async function writeAcmeStateOnce(store: Store, kind: AcmeKind, name: string, value: string): Promise<string> {
  await store.db
    .insertInto('acme_state')
    .values({ kind, name, value, updated_at: sql`${databaseNow(store.engine)}`, expires_at: null })
    .onConflict((conflict) => conflict.columns(['kind', 'name']).doNothing())
    .execute()
  return (await readAcmeState(store.db, kind, name)) ?? value
}

export async function removeAcmeState(db: Db, kind: AcmeKind, name: string): Promise<void> {
  await db.deleteFrom('acme_state').where('kind', '=', kind).where('name', '=', name).execute()
}

/** What was written since, in milliseconds since 1970 by the clock of the database; without `since`, only that clock. */
export async function acmeStateSince(
  { db, engine }: Store,
  kind: AcmeKind,
  since: number | undefined,
): Promise<{ names: string[]; now: number }> {
  const { now } = await db.selectNoFrom(databaseNow(engine).as('now')).executeTakeFirstOrThrow()
  if (since === undefined) return { names: [], now }
  const rows = await db
    .selectFrom('acme_state')
    .select('name')
    .where('kind', '=', kind)
    .where('updated_at', '>=', since)
    .execute()
  return { names: rows.map(({ name }) => name), now }
}

export async function dropExpiredAcmeState(db: Db, now: number): Promise<void> {
  await db.deleteFrom('acme_state').where('expires_at', '<', now).execute()
}
