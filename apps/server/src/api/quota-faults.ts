import { planOf } from '../rules/plans.ts'
import type { ProblemDetail } from '../rules/problem.ts'
import { domainCounts } from '../store/domains.ts'
import type { Db } from '../store/open-store.ts'
import type { User } from '../store/users.ts'

/** Why a user cannot have one more domain. */
export async function quotaFaults(tx: Db, owner: User, parked: boolean): Promise<ProblemDetail[]> {
  const plan = planOf(owner.plan)
  const counts = await domainCounts(tx, owner.id)
  const parkedQuota = owner.parked_quota ?? plan.parkedQuota
  if (parked && counts.parked >= parkedQuota) {
    const message = `The quota of ${parkedQuota} parked domains is exhausted (${counts.parked} exist). Delete one, or move to a larger plan.`
    return [{ field: 'domain.parked_domain', code: 'parked_quota_exhausted', message }]
  }
  const domainQuota = owner.domain_quota ?? plan.domainQuota
  if (!parked && domainQuota !== null && counts.live >= domainQuota) {
    const message = `The plan ${owner.plan} includes ${domainQuota} domain(s), and ${counts.live} exist. Delete one, or move to a larger plan.`
    return [{ field: 'domain.address', code: 'domain_quota_exhausted', message }]
  }
  return []
}
