import type { PageQuery, WireDomainList } from '@dmarc-as-code/client/contract'
import { countDomains, domainViews } from '../store/domains.ts'
import type { ApiContext } from './context.ts'
import { domainAnswer } from './domain-answer.ts'
import { pageOf } from './paging.ts'

/** All domains of some accounts, or one page of them. The number of queries does not depend on the number of domains. */
export async function domainPage(
  { store, zone }: ApiContext,
  accountIds: readonly number[],
  query: PageQuery,
): Promise<WireDomainList> {
  const page = pageOf(query)
  const views = await domainViews(store.db, { accountIds, ...(page ? { page } : {}) })
  const domains = views.map((view) => domainAnswer(view, zone))
  if (!page) return { domains }
  const total = await countDomains(store.db, accountIds)
  return { domains, meta: { ...page.meta(total), total_domains: total } }
}
