import { compareDmarc, type ParsedDmarc, parseDmarc } from '@dmarc-as-code/records'
import type { CurrentDmarc } from '../current/current-dmarc.ts'
import type { CurrentRecords } from '../current/current-records.ts'
import { notify } from '../notices/notify.ts'
import { hostedTargets } from '../rules/hosted-names.ts'
import { lockDomain, updateDomain } from '../store/domains.ts'
import { hostingOf } from '../store/hostings.ts'
import type { Db, Store } from '../store/open-store.ts'
import { lockReportDomain } from './report-domain.ts'
import { isActive } from './status.ts'

export interface StatusContext {
  store: Store
  current: CurrentRecords
  /** Name of the hosted zone. */
  zone: string
  now: () => number
}

/**
 * Looks at the records of a domain that this server does not host, so that its status is true as well: whether it has a DMARC
 * record of its own or of a parent, and an MTA-STS policy. What cannot be read keeps its status. False: there is nothing to
 * look at, because everything is hosted here or the domain is gone.
 */
export async function lookAtStatus(
  domainId: number,
  { store, current, zone, now }: StatusContext,
  signal?: AbortSignal,
): Promise<boolean> {
  const row = await store.db
    .selectFrom('domains')
    .select(['address', 'hosted_dmarc', 'hosted_mta_sts'])
    .where('id', '=', domainId)
    .executeTakeFirst()
  if (!row || (row.hosted_dmarc === 1 && row.hosted_mta_sts === 1)) return false
  const { key } = await hostingOf(store.db, domainId)
  const targets = hostedTargets(key, zone)
  const dmarc = row.hosted_dmarc === 0 ? await current.dmarc(row.address, targets.dmarc, signal) : undefined
  const mtaSts =
    row.hosted_mta_sts === 0 ? await current.mtaSts({ domain: row.address, targets, served: null }, signal) : undefined
  await store.transaction(async (tx) => {
    const domain = await lockDomain(tx, store.engine, domainId)
    if (!domain) return
    const change: { dmarc_status?: string; mta_sts_status?: string } = {}
    if (dmarc?.known && domain.hosted_dmarc === 0) {
      const { own, inherited } = dmarc.value
      const record = own ?? (inherited.known ? (inherited.value?.record ?? null) : undefined)
      const seen = record?.effective ? 'dmarc_record_published' : 'dmarc_inactive'
      // A record of a parent that could not be asked for says nothing.
      if (record !== undefined) change.dmarc_status = seen
      if (await isActive(tx, domainId, now())) change.dmarc_status = 'dmarc_active'
      if (!dmarc.value.leadsHere) {
        const { seen_record } = await lockReportDomain(tx, store.engine, domainId)
        await noteRecord(tx, { domainId, seen: seen_record, found: dmarc.value, now: now() })
      }
    }
    if (mtaSts?.known && domain.hosted_mta_sts === 0) {
      const { policy } = mtaSts.value
      const mode = policy?.ok ? policy.tags.mode : 'none'
      change.mta_sts_status = mode === 'none' ? 'mta_sts_inactive' : 'mta_sts_active'
    }
    const differs = Object.entries(change).some(([column, value]) => domain[column as keyof typeof change] !== value)
    if (differs) await updateDomain(tx, domain, change)
  })
  return true
}

interface SeenRecord {
  domainId: number
  /** Empty: no record; null: never looked. */
  seen: string | null
  found: CurrentDmarc
  now: number
}

/** Keeps the domain's own record, and tells the owner where it is another one than at the last look. */
async function noteRecord(tx: Db, { domainId, seen, found, now }: SeenRecord): Promise<void> {
  const text = found.own?.text ?? ''
  if (text === seen) return
  await tx.updateTable('report_domains').set({ seen_record: text }).where('domain_id', '=', domainId).execute()
  if (seen === null) return
  const inherited = found.inherited.known ? (found.inherited.value?.record ?? null) : null
  const situation = (own: ParsedDmarc | null) => ({ own, inherited })
  const before = seen === '' ? null : parseDmarc(seen)
  const { weakens } = compareDmarc(situation(before), situation(found.own))
  const facts = { before: seen || null, after: text || null, weakens }
  await notify(tx, { kind: 'record_changed', domainId, facts, now })
}

/** Domains whose look is scheduled in one pass. */
const batch = 1000

/** Schedules the first look at domains that are not hosted here and have none, spread over an interval. Returns how many. */
export async function scheduleStatusLooks(
  { store, now }: Pick<StatusContext, 'store' | 'now'>,
  interval: number,
  random: () => number,
): Promise<number> {
  const known = await store.db.selectFrom('work').select('subject').where('task', '=', 'status').execute()
  const subjects = new Set(known.map(({ subject }) => subject))
  const rows = await store.db
    .selectFrom('domains')
    .select('id')
    .where((where) => where.or([where('hosted_dmarc', '=', 0), where('hosted_mta_sts', '=', 0)]))
    .orderBy('id')
    .execute()
  const missing = rows.filter(({ id }) => !subjects.has(String(id))).slice(0, batch)
  if (missing.length === 0) return 0
  const free = { attempt: 0, generation: 0, lease_until: 0, lease_owner: null }
  await store.db
    .insertInto('work')
    .values(
      missing.map(({ id }) => ({
        task: 'status',
        subject: String(id),
        next_check_at: now() + Math.floor(random() * interval),
        ...free,
      })),
    )
    .onConflict((conflict) => conflict.columns(['task', 'subject']).doNothing())
    .execute()
  return missing.length
}
