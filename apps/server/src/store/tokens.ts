import { type TokenPrivilege, tokenPrivileges } from '@dmarc-as-code/client/contract'
import type { Selectable } from 'kysely'
import { newToken, type RandomBytes, sameHash, tokenHash } from '../rules/secrets.ts'
import type { Db } from './open-store.ts'
import type { TokenTable } from './tables.ts'

export type Token = Selectable<TokenTable>

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
  /** Milliseconds since 1970. Default: never. */
  expiresAt?: number | null
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
      expires_at: token.expiresAt ?? null,
      last_used_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, token: secret }
}

/** The caller a token belongs to; undefined when the token is unknown, revoked or expired, or its user is disabled. */
export async function findCaller(db: Db, token: string, now: number = Date.now()): Promise<Caller | undefined> {
  const hash = tokenHash(token)
  const row = await db
    .selectFrom('tokens')
    .innerJoin('users', 'users.id', 'tokens.user_id')
    .selectAll('tokens')
    .select('users.disabled_at')
    .where('hash', '=', hash)
    .executeTakeFirst()
  if (!row || !sameHash(row.hash, hash) || row.revoked_at !== null || row.disabled_at !== null) return undefined
  if (row.expires_at !== null && row.expires_at <= now) return undefined
  return { tokenId: row.id, userId: row.user_id, accountId: row.account_id, privileges: new Set(privilegesOf(row)) }
}

/** The known privileges of a stored token. */
export function privilegesOf({ privileges }: Pick<Token, 'privileges'>): TokenPrivilege[] {
  const stored: unknown = JSON.parse(privileges)
  return tokenPrivileges.filter((name) => Array.isArray(stored) && stored.includes(name))
}

export const findToken = (db: Db, id: number): Promise<Token | undefined> =>
  db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst()

export const findTokenByHash = (db: Db, hash: string): Promise<Token | undefined> =>
  db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst()

/** Tokens with the email address of their user and the slug of their account, by id. */
export const listTokens = (db: Db, userId: number | undefined) => {
  const query = db
    .selectFrom('tokens')
    .innerJoin('users', 'users.id', 'tokens.user_id')
    .leftJoin('accounts', 'accounts.id', 'tokens.account_id')
    .selectAll('tokens')
    .select(['users.email', 'accounts.slug as account'])
    .orderBy('tokens.id')
  return (userId === undefined ? query : query.where('tokens.user_id', '=', userId)).execute()
}

export async function noteTokenUse(db: Db, id: number, now: number): Promise<void> {
  await db.updateTable('tokens').set({ last_used_at: now }).where('id', '=', id).execute()
}

/** Lets a token end at a time, unless it ends earlier. */
export async function expireToken(tx: Db, token: Token, at: number): Promise<void> {
  if (token.expires_at !== null && token.expires_at <= at) return
  await tx.updateTable('tokens').set({ expires_at: at }).where('id', '=', token.id).execute()
}

/** Revokes a token. False when it does not exist; a token that is already revoked stays revoked. */
export async function revokeToken(db: Db, id: number, now: number): Promise<boolean> {
  const row = await db.selectFrom('tokens').select('id').where('id', '=', id).executeTakeFirst()
  if (!row) return false
  await db.updateTable('tokens').set({ revoked_at: now }).where('id', '=', id).where('revoked_at', 'is', null).execute()
  return true
}
