import { planOf } from '../rules/plans.ts'
import type { Db } from '../store/open-store.ts'

/** `2026-03`, UTC. */
const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7)

/**
 * Takes the messages of a report from the credits of a parked domain, after filling them up where a month has begun. Returns
 * the credits before; null for a domain that is not parked and has no limit.
 */
export async function spendCredits(
  tx: Db,
  domainId: number,
  messages: number,
  { month, now }: { month: string | null; now: number },
): Promise<number | null> {
  const domain = await tx
    .selectFrom('domains')
    .innerJoin('users', 'users.id', 'domains.user_id')
    .select(['domains.parked_domain', 'domains.parked_domain_credits', 'users.plan'])
    .where('domains.id', '=', domainId)
    .executeTakeFirst()
  if (!domain || domain.parked_domain === 0) return null
  const full = planOf(domain.plan).parkedCredits
  const before = month === monthOf(now) ? (domain.parked_domain_credits ?? 0) : full
  const left = Math.max(0, before - messages)
  await setCredits(tx, domainId, left)
  if (month !== monthOf(now)) {
    await tx
      .updateTable('report_domains')
      .set({ credits_month: monthOf(now) })
      .where('domain_id', '=', domainId)
      .execute()
  }
  return before
}

/** On the first of the month, UTC: fills up the credits of every parked domain. Returns how many were filled up. */
export async function refillCredits(db: Db, now: number): Promise<number> {
  const month = monthOf(now)
  const due = await db
    .selectFrom('domains')
    .innerJoin('users', 'users.id', 'domains.user_id')
    .innerJoin('report_domains', 'report_domains.domain_id', 'domains.id')
    .select(['domains.id', 'users.plan'])
    .where('domains.parked_domain', '=', 1)
    .where('report_domains.credits_month', 'is not', null)
    .where('report_domains.credits_month', '<>', month)
    .execute()
  for (const { id, plan } of due) {
    await setCredits(db, id, planOf(plan).parkedCredits)
    await db.updateTable('report_domains').set({ credits_month: month }).where('domain_id', '=', id).execute()
  }
  return due.length
}

async function setCredits(tx: Db, domainId: number, credits: number): Promise<void> {
  await tx
    .updateTable('domains')
    .set((row) => ({ parked_domain_credits: credits, version: row('version', '+', 1) }))
    .where('id', '=', domainId)
    .execute()
}
