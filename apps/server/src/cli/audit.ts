import { textTable } from '@dmarc-as-code/primitives'
import { type AuditEvent, auditEvents } from '../store/audit.ts'
import type { Command } from './command.ts'
import { numberOf, spanOf } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const audit: Command = {
  name: 'audit',
  summary:
    'Lists who changed what, the latest first. --email: of one user. --domain: of one domain, by id. --since 7d. --limit (default 100).',
  options: {
    email: { type: 'string' },
    domain: { type: 'string' },
    since: { type: 'string' },
    limit: { type: 'string' },
  },
  async run(input) {
    const { email, domain, since, limit = '100' } = input.values
    const events = await withStore(input, async (store) =>
      auditEvents(store.db, {
        ...(email === undefined ? {} : { userId: (await userOf(store.db, email)).id }),
        ...(domain === undefined
          ? {}
          : { object: { kind: 'domain' as const, id: String(numberOf(domain, 'domain')) } }),
        ...(since === undefined ? {} : { since: Date.now() - spanOf(since, 'since') }),
        limit: numberOf(limit, 'limit'),
      }),
    )
    const header = ['at', 'who', 'from', 'action', 'what', 'before', 'after']
    for (const line of textTable(header, events.map(row))) input.print(line)
  },
}

const row = (event: AuditEvent): string[] => [
  new Date(event.at).toISOString(),
  event.actor_id === null ? 'command' : `user ${event.actor_id} token ${event.token_id ?? '-'}`,
  event.source ?? '-',
  event.action,
  `${event.object} ${event.object_id}${event.object_name === null ? '' : ` ${event.object_name}`}`,
  event.before ?? '-',
  event.after ?? '-',
]
