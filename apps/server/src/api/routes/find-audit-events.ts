import { type AuditEvent, auditEvents, countAuditEvents } from '../../store/audit.ts'
import { accountOf } from '../access.ts'
import { isoTime } from '../iso-time.ts'
import { pageOf } from '../paging.ts'
import { route } from '../route.ts'

export const findAuditEvents = route('findAuditEvents', {
  privilege: 'read',
  description:
    'Changes of what belongs to the user, and changes that the user made, the latest first, for 400 days. Always in pages, of 25 by default. `before` and `after` have the fields that changed. A token of one account sees the changes in that account.',
  async handle({ caller, query }, { store }) {
    const { account_id, domain_id, page: number = 1, per = 25 } = query
    const account = account_id === undefined ? undefined : await accountOf(store.db, caller, account_id)
    const accountId = account?.id ?? caller.accountId ?? undefined
    const filter = {
      userId: caller.userId,
      ...(accountId === undefined ? {} : { accountId }),
      ...(domain_id === undefined ? {} : { object: { kind: 'domain' as const, id: String(domain_id) } }),
    }
    const page = pageOf({ page: number, per })
    if (!page) throw new Error('a page was asked of')
    const total = await countAuditEvents(store.db, filter)
    const events = await auditEvents(store.db, { ...filter, limit: page.limit, offset: page.offset })
    return { audit_events: events.map(answerOf), meta: { ...page.meta(total), total_audit_events: total } }
  },
})

const answerOf = (event: AuditEvent) => ({
  id: event.id,
  at: isoTime(event.at),
  user_id: event.actor_id,
  token_id: event.token_id,
  source: event.source,
  request_id: event.request_id,
  action: event.action,
  object: event.object,
  object_id: event.object_id,
  object_name: event.object_name,
  account_id: event.account_id,
  before: event.before === null ? null : JSON.parse(event.before),
  after: event.after === null ? null : JSON.parse(event.after),
})
