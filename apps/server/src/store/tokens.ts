import { type TokenPrivilege, tokenPrivileges } from '@dmarc-as-code/client/contract'
import { newToken, type RandomBytes, sameHash, tokenHash } from '../rules/secrets.ts'
import type { Db } from './open-store.ts'

/** The caller of a request and the rights of its token. */
export interface Caller {
  tokenId: number
  userId: number
  /** Null: every account of the user. */
  accountId: number | null
  privileges: ReadonlySet<TokenPrivilege>
}

export interface NewToken {
  userId: number
  accountId: number | null
  name: string
  privileges: readonly TokenPrivilege[]
  now: number
  random?: RandomBytes
}

/** Creates a token and returns it. It cannot be read again: the store keeps only its hash. */
export async function createToken(db: Db, token: NewToken): Promise<{ id: number; token: string }> {
  const secret = newToken(token.random)
  const { id } = await db
    .insertInto('tokens')
    .values({
      user_id: token.userId,
      account_id: token.accountId,
      name: token.name,
      hash: tokenHash(secret),
      privileges: JSON.stringify(token.privileges),
      created_at: token.now,
      revoked_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, token: secret }
}

/** The caller a token belongs to; undefined when the token is unknown or revoked. */
export async function findCaller(db: Db, token: string): Promise<Caller | undefined> {
  const hash = tokenHash(token)
  const row = await db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!row || !sameHash(row.hash, hash) || row.revoked_at !== null) return undefined
  const stored: unknown = JSON.parse(row.privileges)
  return {
    tokenId: row.id,
    userId: row.user_id,
    accountId: row.account_id,
    privileges: new Set(tokenPrivileges.filter((name) => Array.isArray(stored) && stored.includes(name))),
  }
}

/** Revokes a token. False when it does not exist; a token that is already revoked stays revoked. */
export async function revokeToken(db: Db, id: number, now: number): Promise<boolean> {
  const row = await db.selectFrom('tokens').select('id').where('id', '=', id).executeTakeFirst()
  if (!row) return false
  await db.updateTable('tokens').set({ revoked_at: now }).where('id', '=', id).where('revoked_at', 'is', null).execute()
  return true
}
