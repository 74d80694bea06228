import { diagnose, type SourceEvidence } from '@dmarc-as-code/reports'
import { notify } from '../notices/notify.ts'
import type { Store } from '../store/open-store.ts'
import { classifiedSources, dmarcEvidenceOf } from './evidence-of.ts'

const day = 86_400_000
/** As in the rules of evidence: an own source is new for 14 days, and from more than 20 messages 95 % are expected. */
const newFor = 14
const fewest = 20
const wantedRate = 95
/** New notices of one kind for a domain at one look: whoever owns many domains can make many candidates. */
const mostAtOnce = 3

/** Notes what the owner of a domain should know of its reports: new candidates and own sources, and own sources that fail. */
export async function noticeAlerts(store: Store, domainId: number, now: number): Promise<void> {
  const row = await store.db
    .selectFrom('domains')
    .select(['address', 'parked_domain'])
    .where('id', '=', domainId)
    .executeTakeFirst()
  if (!row) return
  const domain = { id: domainId, address: row.address, parked: row.parked_domain === 1 }
  const { evidence } = await dmarcEvidenceOf(store.db, domain, now)
  const own = evidence.sources.filter((source) => source.class === 'own')
  // At the beginning every source is new.
  const watched = evidence.numbers.daysAtNone >= 2 * newFor
  const fresh = watched ? own.filter(({ firstDay }) => now - Date.parse(firstDay) < newFor * day) : []
  const failing = own.filter((source) => source.messages > fewest && rateOf(source) < wantedRate)
  const causes = failing.length > 0 ? await classifiedSources(store.db, domainId, now) : undefined
  await store.transaction(async (tx) => {
    const common = { domainId, now }
    await some(
      evidence.candidates.filter(({ answer }) => answer === undefined),
      ({ id, messages, days }) =>
        notify(tx, { ...common, kind: 'new_candidate', once: id, facts: { source: nameOf(id), messages, days } }),
    )
    await some(fresh, ({ id, messages, firstDay }) =>
      notify(tx, { ...common, kind: 'new_own_source', once: id, facts: { source: nameOf(id), messages, firstDay } }),
    )
    await some(failing, (source) => {
      const next = diagnose(causes?.rows.get(source.id) ?? [], 'own').map((diagnosis) => diagnosis.next)
      const facts = {
        source: nameOf(source.id),
        rate: rateOf(source),
        messages: source.messages,
        next: next.slice(0, 3),
      }
      return notify(tx, { ...common, kind: 'own_source_fails', facts })
    })
  })
}

async function some<Entry>(entries: readonly Entry[], send: (entry: Entry) => Promise<boolean>): Promise<void> {
  let sent = 0
  for (const entry of entries) {
    if (sent >= mostAtOnce) return
    if (await send(entry)) sent += 1
  }
}

const nameOf = (id: string): string => id.replace(/^(source|domain):/, '')

/** Whole percent, rounded down: 94.9 % is not the 95 % that is expected. */
function rateOf({ messages, passed, overridden }: SourceEvidence): number {
  const judged = messages - overridden
  return judged > 0 ? Math.floor((passed / judged) * 100) : 100
}

/** Days without a report after which the owner is asked to look, and after which nobody expects one any more. */
const overdueAfter = 3
const forgottenAfter = 14

/** Notes for domains whose reports used to come in that none has for days. */
export async function noticeOverdue(store: Store, now: number): Promise<void> {
  const overdue = await store.db
    .selectFrom('report_domains')
    .select(['domain_id', 'last_trusted_at'])
    .where('last_trusted_at', '<', now - overdueAfter * day)
    .where('last_trusted_at', '>', now - forgottenAfter * day)
    .execute()
  for (const { domain_id: domainId, last_trusted_at } of overdue) {
    const days = Math.floor((now - (last_trusted_at ?? 0)) / day)
    await store.transaction((tx) => notify(tx, { kind: 'reports_overdue', domainId, facts: { days }, now }))
  }
}
