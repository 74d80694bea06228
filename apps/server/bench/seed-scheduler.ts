import { sql } from 'kysely'
import type { Db } from '../src/store/open-store.ts'
import { hostedRecord } from './simulated-dns.ts'

const hour = 3_600_000
const day = 24 * hour

/** Domains in a hundred that are looked at hourly, as where a policy is enforced; the others daily. */
const hourlyInHundred = 1

/** Milliseconds between two looks at a domain of a simulation that is as it should be. */
export const intervalOf = (number: number): number => (number % 100 < hourlyInHundred ? hour : day)

export interface SeedRange {
  /** Numbers of the domains, the second excluded. */
  from: number
  to: number
  /** Milliseconds since 1970. */
  now: number
  /** New domains that nobody has looked at, due at once. Default: their looks are spread over their interval. */
  fresh?: boolean
  /** A report as a look leaves it. */
  report: string
}

/**
 * Adds hosted domains to a PostgreSQL store, with what the API and the last look leave, in few statements. One user has a fifth of
 * all domains, the others a hundred each.
 */
export async function seedScheduler(db: Db, { from, to, now, fresh = false, report }: SeedRange): Promise<void> {
  const numbers = sql`generate_series(${sql.lit(from)}::integer, ${sql.lit(to - 1)}::integer) as n`
  const user = sql`(case when n % 5 = 0 then 1 else 2 + n / 100 end)`
  const at = sql`${sql.lit(now)}::bigint`
  await sql`insert into users (id, email, plan, created_at)
    select distinct ${user}, 'u' || ${user} || '@example.com', 'standard', ${at} from ${numbers} on conflict do nothing`.execute(
    db,
  )
  await sql`insert into domains (id, user_id, address, rua_report, ruf_report, parked_domain, hosted_dmarc, hosted_mta_sts, report_id,
      dmarc_status, mta_sts_status, created_at, updated_at)
    select n, ${user}, 'd' || n || '.example', 1, 0, 0, 1, 0, 'r' || n, 'dmarc_record_published', 'mta_sts_inactive', ${at}, ${at}
    from ${numbers}`.execute(db)
  await sql`insert into hostings (key, domain_id, address, dmarc_record, keep_until, published_at)
    select rpad('k' || n, 26, 'z'), n, 'd' || n || '.example', ${sql.lit(hostedRecord)}, 0, 1 from ${numbers}`.execute(
    db,
  )
  const interval = sql`(case when n % 100 < ${sql.lit(hourlyInHundred)} then ${sql.lit(hour)}::bigint else ${sql.lit(day)}::bigint end)`
  const due = fresh ? at : sql`${at} + (random() * ${interval})::bigint`
  await sql`insert into work (task, subject, next_check_at, attempt, generation, lease_until)
    select 'verify', n::text, ${due}, 0, 0, 0 from ${numbers}`.execute(db)
  if (fresh) return
  await sql`insert into verifications (domain_id, service, summary, report, checked_at)
    select n, 'dmarc', '{"dmarc":{"status":"verified","reason":null}}', ${report}, work.next_check_at - ${interval}
    from ${numbers} join work on work.task = 'verify' and work.subject = n::text`.execute(db)
}
