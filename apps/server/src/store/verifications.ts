import type { HostedServiceName } from '@dmarc-as-code/records'
import type { Selectable } from 'kysely'
import type { Db } from './open-store.ts'
import type { ObservationTable } from './tables.ts'

/** The name of each hosted service in the tables of this store. */
export const verifiedService = { hosted_dmarc: 'dmarc', hosted_mta_sts: 'mta_sts' } as const satisfies Record<
  HostedServiceName,
  string
>

export type Service = (typeof verifiedService)[HostedServiceName]

/** Status and reason of each CNAME, for lists. */
export type CnameSummary = Partial<Record<string, { status: string; reason: string | null }>>

export interface StoredVerification<Report> {
  summary: CnameSummary
  report: Report
  checkedAt: number
}

/** The last verification of a service of a domain. Only this server writes it, so its shape is trusted. */
export async function lastVerification<Report>(
  db: Db,
  domainId: number,
  service: Service,
): Promise<StoredVerification<Report> | undefined> {
  const row = await db
    .selectFrom('verifications')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where('service', '=', service)
    .executeTakeFirst()
  return row && { summary: JSON.parse(row.summary), report: JSON.parse(row.report), checkedAt: row.checked_at }
}

export async function saveVerification(
  tx: Db,
  domainId: number,
  service: Service,
  verification: StoredVerification<unknown>,
): Promise<void> {
  const values = {
    summary: JSON.stringify(verification.summary),
    report: JSON.stringify(verification.report),
    checked_at: verification.checkedAt,
  }
  await tx
    .insertInto('verifications')
    .values({ domain_id: domainId, service, ...values })
    .onConflict((conflict) => conflict.columns(['domain_id', 'service']).doUpdateSet(values))
    .execute()
}

/** Deletes the verification of a service, e.g. when its hosting is switched off. */
export async function forgetVerification(tx: Db, domainId: number, service: Service): Promise<void> {
  await tx.deleteFrom('verifications').where('domain_id', '=', domainId).where('service', '=', service).execute()
}

/**
 * One change of a status, or the reason that was given for weakening what is live (`consent`) or for tightening a policy without
 * evidence (`risk`), for the history.
 */
export interface Observation {
  at: number
  service: Service
  record: string
  part: 'cname' | 'txt' | 'file' | 'overall' | 'consent' | 'risk'
  from: string | null
  to: string
  reason: string | null
  found: string | null
}

/** What was found is decided by the DNS of the customer, so both its length and the number of changes are limited. */
export const longestFound = 500
export const observationsKept = 1000

export async function recordObservations(
  tx: Db,
  domainId: number,
  observations: readonly Observation[],
): Promise<void> {
  if (observations.length === 0) return
  await tx
    .insertInto('observations')
    .values(
      observations.map(({ from, to, found, ...rest }) => ({
        domain_id: domainId,
        from_status: from,
        to_status: to,
        found: found === null ? null : excerpt(found),
        ...rest,
      })),
    )
    .execute()
  const oldestKept = await tx
    .selectFrom('observations')
    .select('id')
    .where('domain_id', '=', domainId)
    .orderBy('id', 'desc')
    .offset(observationsKept - 1)
    .limit(1)
    .executeTakeFirst()
  if (!oldestKept) return
  await tx.deleteFrom('observations').where('domain_id', '=', domainId).where('id', '<', oldestKept.id).execute()
}

const excerpt = (found: string): string =>
  found.length <= longestFound ? found : `${found.slice(0, longestFound - 1)}…`

export async function observationsOf(db: Db, domainId: number): Promise<Observation[]> {
  const rows = await db.selectFrom('observations').selectAll().where('domain_id', '=', domainId).orderBy('id').execute()
  return rows.map(observation)
}

/** The observations of a domain, or a page of them, the latest first. */
export async function observationPage(
  db: Db,
  domainId: number,
  page: { limit: number; offset: number } | undefined,
): Promise<Observation[]> {
  const query = db.selectFrom('observations').selectAll().where('domain_id', '=', domainId).orderBy('id', 'desc')
  const rows = await (page ? query.limit(page.limit).offset(page.offset) : query).execute()
  return rows.map(observation)
}

export async function countObservations(db: Db, domainId: number): Promise<number> {
  const { count } = await db
    .selectFrom('observations')
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where('domain_id', '=', domainId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

const observation = (row: Selectable<ObservationTable>): Observation => ({
  at: row.at,
  service: row.service as Service,
  record: row.record,
  part: row.part as Observation['part'],
  from: row.from_status,
  to: row.to_status,
  reason: row.reason,
  found: row.found,
})

export async function dropObservationsBefore(db: Db, at: number): Promise<void> {
  await db.deleteFrom('observations').where('at', '<', at).execute()
}

/** Since when a service of a domain has not been ready, by its history; undefined where it is, or was never looked at. */
export async function waitingSince(db: Db, domainId: number, service: Service): Promise<number | undefined> {
  const overall = db
    .selectFrom('observations')
    .where('domain_id', '=', domainId)
    .where('service', '=', service)
    .where('part', '=', 'overall')
  const ready = await overall
    .select((select) => select.fn.max('id').as('id'))
    .where('to_status', '=', 'ready')
    .executeTakeFirst()
  const waiting = await overall
    .select((select) => select.fn.min('at').as('at'))
    .where('id', '>', ready?.id ?? 0)
    .executeTakeFirst()
  return waiting?.at ?? undefined
}
