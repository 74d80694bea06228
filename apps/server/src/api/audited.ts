import type { Account } from '../store/accounts.ts'
import type { Change } from '../store/audit.ts'
import type { DomainView } from '../store/domains.ts'
import type { NoticeTarget } from '../store/notices.ts'
import { settingsOf } from '../store/settings.ts'
import type { Tag } from '../store/tags.ts'

type Described = Omit<Change, 'before' | 'after'>

export const auditedDomain = (domain: Pick<DomainView, 'id' | 'address' | 'user_id' | 'account_id'>): Described => ({
  object: 'domain',
  id: domain.id,
  name: domain.address,
  ownerId: domain.user_id,
  accountId: domain.account_id,
})

/** What people decide of a domain. */
export const domainFields = (domain: DomainView): Record<string, unknown> => ({
  address: domain.address,
  parked_domain: domain.parked_domain === 1,
  ...settingsOf(domain),
  tags: domain.tags.map(({ name }) => name),
})

export const auditedAccount = (account: Account): Described => ({
  object: 'account',
  id: account.id,
  name: account.title,
  ownerId: account.user_id,
  accountId: account.id,
})

export const auditedTag = (tag: Tag): Described => ({ object: 'tag', id: tag.id, name: tag.name, ownerId: tag.user_id })

export const auditedTarget = ({ id, user_id, destination }: NoticeTarget): Described => ({
  object: 'notice_target',
  id,
  name: destination,
  ownerId: user_id,
})

/** What is chosen of a target: its secret is not. */
export const targetFields = ({ channel, destination }: NoticeTarget) => ({ channel, destination })
