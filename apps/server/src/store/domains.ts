import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Engine } from './engine.ts'
import { numericId } from './numeric-id.ts'
import type { Db } from './open-store.ts'
import { StaleError } from './retry.ts'
import type { DomainTable } from './tables.ts'
import { type CnameSummary, type Service, verifiedService } from './verifications.ts'

/** A domain as seen by one account, with everything an answer needs. */
export interface DomainView extends Selectable<DomainTable> {
  account_id: number
  slug: string
  key: string
  /** Null: no report has come in and nothing was set. */
  evidence_gate: string | null
  tags: { id: number; name: string; color: string }[]
  /** For both services; empty before the first verification. */
  cnames: CnameSummary
  /** Time of the latest verification of each service; null before the first. */
  checkedAt: Record<Service, number | null>
}

export interface DomainFilter {
  /** The accounts to search. A domain in several of them is seen through the oldest membership. */
  accountIds: readonly number[]
  /** Only this one, by id or slug. */
  reference?: string
  page?: { limit: number; offset: number }
  /** Only those with an id from the first to the second, both included. */
  ids?: readonly [number, number]
}

const noTags: DomainView['tags'] = []

/** Domains by id, in two queries regardless of their number. */
export async function domainViews(db: Db, filter: DomainFilter): Promise<DomainView[]> {
  const { accountIds, reference, page, ids } = filter
  if (accountIds.length === 0) return []
  let memberships = firstMemberships(db, accountIds)
  if (reference !== undefined) {
    // No slug consists of digits only, because every address contains a dot.
    const id = numericId(reference)
    memberships = id === undefined ? memberships.where('slug', '=', reference) : memberships.where('domain_id', '=', id)
  }
  if (ids) memberships = memberships.where('domain_id', '>=', ids[0]).where('domain_id', '<=', ids[1])
  // The page is cut before anything is joined, so that it costs what it shows.
  if (page) memberships = memberships.orderBy('domain_id').limit(page.limit).offset(page.offset)
  const rows = await db
    .selectFrom(memberships.as('membership'))
    .innerJoin('domains', 'domains.id', 'membership.domain_id')
    .innerJoin('hostings', 'hostings.domain_id', 'domains.id')
    .leftJoin('report_domains', 'report_domains.domain_id', 'domains.id')
    .leftJoin('verifications as dmarc', (join) =>
      join.onRef('dmarc.domain_id', '=', 'domains.id').on('dmarc.service', '=', verifiedService.hosted_dmarc),
    )
    .leftJoin('verifications as mta_sts', (join) =>
      join.onRef('mta_sts.domain_id', '=', 'domains.id').on('mta_sts.service', '=', verifiedService.hosted_mta_sts),
    )
    .selectAll('domains')
    .select(['membership.account_id', 'membership.slug', 'hostings.key', 'report_domains.evidence_gate'])
    .select(['dmarc.summary as dmarc_summary', 'dmarc.checked_at as dmarc_checked_at'])
    .select(['mta_sts.summary as mta_sts_summary', 'mta_sts.checked_at as mta_sts_checked_at'])
    .orderBy('domains.id')
    .execute()
  if (rows.length === 0) return []
  const tags = await tagsByDomain(
    db,
    accountIds,
    rows.map((row) => row.id),
  )
  const cnamesOf = summaryReader()
  // The rows are ours: copying them took as long as reading them.
  return rows.map((row) =>
    Object.assign(row, {
      tags: tags.get(row.id) ?? noTags,
      cnames: cnamesOf(row.dmarc_summary, row.mta_sts_summary),
      checkedAt: { dmarc: row.dmarc_checked_at, mta_sts: row.mta_sts_checked_at },
    }),
  )
}

/** Domains in one part of a list: few enough that neither the query nor its rows are large, whatever the list is. */
const partSize = 500

/** All domains of some accounts by id, part by part. A domain that comes or goes meanwhile may be listed or not. */
export async function* domainParts(db: Db, accountIds: readonly number[]): AsyncGenerator<DomainView[]> {
  if (accountIds.length === 0) return
  const listed = await db
    .selectFrom('domain_accounts')
    .select('domain_id')
    .where('account_id', 'in', accountIds)
    .orderBy('domain_id')
    .execute()
  const last = listed.at(-1)?.domain_id
  if (last === undefined) return
  // A domain in several accounts is there several times, and begins one part only.
  const starts = [...new Set(listed.filter((_, index) => index % partSize === 0).map(({ domain_id }) => domain_id))]
  const part = (index: number) => {
    const [from, next] = [starts[index], starts[index + 1]]
    if (from === undefined) return undefined
    const views = domainViews(db, { accountIds, ids: [from, next === undefined ? last : next - 1] })
    // Whoever stops reading does not wait for it.
    views.catch(() => {})
    return views
  }
  // The next part is read while its reader works on this one.
  for (let index = 0, ahead = part(0); ahead !== undefined; ) {
    const views = await ahead
    ahead = part(++index)
    yield views
  }
}

/** The domains that go with a user: the user's own, and those that are in no account of anybody else. */
export async function domainsGoneWith(db: Db, userId: number): Promise<DomainView[]> {
  const rows = await db
    .selectFrom('domain_accounts')
    .innerJoin('accounts', 'accounts.id', 'domain_accounts.account_id')
    .innerJoin('domains', 'domains.id', 'domain_accounts.domain_id')
    .select('domain_accounts.account_id')
    .where((where) => where.or([where('domains.user_id', '=', userId), where('accounts.user_id', '=', userId)]))
    .execute()
  const views = await domainViews(db, { accountIds: [...new Set(rows.map(({ account_id }) => account_id))] })
  const elsewhere = await db
    .selectFrom('domain_accounts')
    .innerJoin('accounts', 'accounts.id', 'domain_accounts.account_id')
    .select('domain_accounts.domain_id')
    .where('accounts.user_id', '<>', userId)
    .execute()
  const shared = new Set(elsewhere.map(({ domain_id }) => domain_id))
  return views.filter(({ id, user_id }) => user_id === userId || !shared.has(id))
}

export async function countDomains(db: Db, accountIds: readonly number[]): Promise<number> {
  if (accountIds.length === 0) return 0
  // An account has a domain once.
  const several = accountIds.length > 1
  const row = await db
    .selectFrom('domain_accounts')
    .select(({ fn }) => {
      const count = fn.count<number | string>('domain_id')
      return (several ? count.distinct() : count).as('count')
    })
    .where('account_id', 'in', accountIds)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** The oldest membership of each domain in these accounts. An account has a domain once, so for one account these are all. */
function firstMemberships(db: Db, accountIds: readonly number[]) {
  const memberships = db
    .selectFrom('domain_accounts')
    .select(['domain_accounts.domain_id', 'domain_accounts.account_id', 'domain_accounts.slug'])
    .where('domain_accounts.account_id', 'in', accountIds)
  if (accountIds.length === 1) return memberships
  return memberships.where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom('domain_accounts as earlier')
          .select('earlier.id')
          .whereRef('earlier.domain_id', '=', 'domain_accounts.domain_id')
          .whereRef('earlier.id', '<', 'domain_accounts.id')
          .where('earlier.account_id', 'in', accountIds),
      ),
    ),
  )
}

/** Selects few domains by id and many by account, because databases limit the length of a list. */
function ofDomains(db: Db, accountIds: readonly number[], ids: readonly number[]) {
  return ids.length <= 500
    ? ids
    : db.selectFrom('domain_accounts').select('domain_id').where('account_id', 'in', accountIds)
}

async function tagsByDomain(db: Db, accountIds: readonly number[], ids: readonly number[]) {
  const rows = await db
    .selectFrom('domain_tags')
    .innerJoin('tags', 'tags.id', 'domain_tags.tag_id')
    .select(['domain_tags.domain_id', 'tags.id', 'tags.name', 'tags.color'])
    .where('domain_tags.domain_id', 'in', ofDomains(db, accountIds, ids))
    .orderBy('tags.id')
    .execute()
  const tags = new Map<number, DomainView['tags']>()
  for (const { domain_id, ...tag } of rows) tags.set(domain_id, [...(tags.get(domain_id) ?? []), tag])
  return tags
}

/** Reads the summaries of the latest verifications. Most domains of a list have the same ones. */
function summaryReader(): (dmarc: string | null, mtaSts: string | null) => CnameSummary {
  const read = new Map<string, CnameSummary>()
  return (dmarc, mtaSts) => {
    const both = `${dmarc}\n${mtaSts}`
    let cnames = read.get(both)
    if (!cnames) {
      cnames = { ...JSON.parse(dmarc ?? '{}'), ...JSON.parse(mtaSts ?? '{}') } as CnameSummary
      read.set(both, cnames)
    }
    return cnames
  }
}

export async function insertDomain(tx: Db, domain: Insertable<DomainTable>): Promise<number> {
  const { id } = await tx.insertInto('domains').values(domain).returning('id').executeTakeFirstOrThrow()
  return id
}

/** A domain as it was read: a write is refused when the domain has changed since. */
export interface DomainVersion {
  id: number
  version: number
}

/** Reads a domain and blocks transactions that change it until this one ends. On SQLite transactions are serial anyway. */
export async function lockDomain(tx: Db, engine: Engine, id: number): Promise<Selectable<DomainTable> | undefined> {
  const query = tx.selectFrom('domains').selectAll().where('id', '=', id)
  return (engine === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
}

/** @throws {StaleError} when the domain has changed since it was read */
export async function updateDomain(tx: Db, domain: DomainVersion, change: Updateable<DomainTable>): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('domains')
    .set({ ...change, version: domain.version + 1 })
    .where('id', '=', domain.id)
    .where('version', '=', domain.version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new StaleError(`Domain ${domain.id}`)
}

/** A change of what belongs to a domain and lies in other tables. @throws {StaleError} when the domain has changed since it was read */
export async function raiseSettingsVersion(
  tx: Db,
  domain: DomainVersion & { settings_version: number },
): Promise<void> {
  await updateDomain(tx, domain, { settings_version: domain.settings_version + 1 })
}

/** @throws {StaleError} when the domain has changed since it was read */
export async function deleteDomain(tx: Db, domain: DomainVersion): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('domains')
    .where('id', '=', domain.id)
    .where('version', '=', domain.version)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new StaleError(`Domain ${domain.id}`)
}

export const findDomain = (db: Db, id: number): Promise<Selectable<DomainTable> | undefined> =>
  db.selectFrom('domains').selectAll().where('id', '=', id).executeTakeFirst()

/** How many domains count against the user's quotas. */
export async function domainCounts(tx: Db, userId: number): Promise<{ parked: number; live: number }> {
  const rows = await tx
    .selectFrom('domains')
    .select(['parked_domain', (select) => select.fn.countAll<number | string>().as('count')])
    .where('user_id', '=', userId)
    .groupBy('parked_domain')
    .execute()
  const count = (parked: number) => Number(rows.find((row) => row.parked_domain === parked)?.count ?? 0)
  return { parked: count(1), live: count(0) }
}
