import { sql } from 'kysely'
import { wantedHosting } from '../src/rules/domain-settings.ts'
import { reportAddresses } from '../src/rules/report-addresses.ts'
import type { Store } from '../src/store/open-store.ts'
import { settingsOf } from '../src/store/settings.ts'

export interface SeedOptions {
  userId: number
  accountId: number
  /** How many. */
  count: number
  /** Addresses are `d0.<suffix>`, `d1.<suffix>` and so on. */
  suffix: string
  now: number
  /** Whether MTA-STS is hosted beside DMARC. Default true. */
  mtaSts?: boolean
  /** Default `reports.hosting.test`. */
  reportHost?: string
}

/** Rows in one statement. */
const batch = 500

const summary = (kinds: readonly string[]) =>
  JSON.stringify(Object.fromEntries(kinds.map((kind) => [kind, { status: 'verified', reason: null }])))

/** Many domains with everything hosted and verified, as the API leaves them, written at once. Returns their ids. */
export async function seedDomains(store: Store, options: SeedOptions): Promise<number[]> {
  const { userId, accountId, count, suffix, now, mtaSts = true, reportHost = 'reports.hosting.test' } = options
  const times = { created_at: now, updated_at: now }
  const ids: number[] = []
  for (let from = 0; from < count; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - from) }, (_, index) => from + index)
    const address = (number: number) => `d${number}.${suffix}`
    const key = (number: number) => `${suffix.replaceAll('.', '')}${number}`.padEnd(26, 'k')
    await store.transaction(async (tx) => {
      const rows = await tx
        .insertInto('domains')
        .values(
          numbers.map((number) => ({
            user_id: userId,
            address: address(number),
            ...{
              rua_report: 1 as const,
              ruf_report: 1 as const,
              mta_sts_report: 1 as const,
              parked_domain: 0 as const,
            },
            hosted_dmarc: 1 as const,
            hosted_mta_sts: mtaSts ? (1 as const) : (0 as const),
            ...{
              mta_sts_mode: 'enforce',
              mta_sts_mx: `mx1.${address(number)},mx2.${address(number)}`,
              mta_sts_mx_age: 7,
            },
            report_id: key(number).slice(0, 16) + number,
            ...{ dmarc_status: 'dmarc_record_published', mta_sts_status: 'mta_sts_active' },
            ...times,
          })),
        )
        .returningAll()
        .execute()
      ids.push(...rows.map(({ id }) => id))
      const each = numbers.map((number, index) => ({ number, id: rows[index]?.id ?? 0 }))
      await tx
        .insertInto('domain_accounts')
        .values(
          each.map(({ number, id }) => ({
            ...{ account_id: accountId, domain_id: id, address: address(number), created_at: now },
            slug: address(number).replaceAll('.', '-'),
          })),
        )
        .execute()
      await tx
        .insertInto('hostings')
        .values(
          each.map(({ number, id }) => {
            const row = rows[number - from]
            if (!row) throw new Error('a row is missing')
            const wanted = wantedHosting(settingsOf(row), false, reportAddresses(row.report_id, reportHost))
            return {
              ...{ key: key(number), domain_id: id, address: address(number), keep_until: 0, ...wanted },
              ...{ live_policy: wanted.wanted_policy, live_policy_at: now, published_at: now },
              policy_cname_verified_at: wanted.wanted_policy === null ? null : now,
            }
          }),
        )
        .execute()
      await tx
        .insertInto('verifications')
        .values(
          each.flatMap(({ id }) => [
            { domain_id: id, service: 'dmarc', summary: summary(['dmarc']), report: '{}', checked_at: now },
            {
              ...{ domain_id: id, service: 'mta_sts', report: '{}', checked_at: now },
              summary: summary(['mta_sts_policy', 'mta_sts_id', 'tls_rpt']),
            },
          ]),
        )
        .execute()
    })
  }
  if (store.engine === 'postgres') await sql`analyze`.execute(store.db)
  return ids
}
