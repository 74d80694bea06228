import { type TokenPrivilege, tokenPrivileges } from '@dmarc-as-code/client/contract'
import { newToken, type RandomBytes, sameHash, tokenHash } from '../rules/secrets.ts'
import type { Db } from './open-store.ts'

/** Who is calling, and what the token lets them do. */
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

/** Makes a token and answers it. This is the only time it can be read: the store keeps its digest. */
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

/** Whose token this is; undefined when nobody's, or revoked. */
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

/** Answers false when there is no such token; one that was revoked before stays so. */
export async function revokeToken(db: Db, id: number, now: number): Promise<boolean> {
  const row = await db.selectFrom('tokens').select('id').where('id', '=', id).executeTakeFirst()
  if (!row) return false
  await db.updateTable('tokens').set({ revoked_at: now }).where('id', '=', id).where('revoked_at', 'is', null).execute()
  return true
}
