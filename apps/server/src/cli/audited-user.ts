import type { Change } from '../store/audit.ts'
import type { User } from '../store/users.ts'

/** A user as the audit log describes them. */
export const auditedUser = (user: User): Omit<Change, 'before' | 'after'> => ({
  object: 'user',
  id: user.id,
  name: user.email,
  ownerId: user.id,
})

export const userFields = (user: User) => ({
  email: user.email,
  plan: user.plan,
  domain_quota: user.domain_quota,
  parked_quota: user.parked_quota,
  disabled: user.disabled_at !== null,
})
