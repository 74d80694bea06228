import type { Change } from '../store/audit.ts'
import { privilegesOf, type Token } from '../store/tokens.ts'

/** A token as the audit log describes it. */
export const auditedToken = (token: Token): Omit<Change, 'before' | 'after'> => ({
  object: 'token',
  id: token.id,
  name: token.name,
  ownerId: token.user_id,
  accountId: token.account_id,
})

export const tokenFields = (token: Token) => ({
  name: token.name,
  privileges: privilegesOf(token),
  account_id: token.account_id,
  expires_at: token.expires_at === null ? null : new Date(token.expires_at).toISOString(),
  revoked: token.revoked_at !== null,
})
