import type { PageQuery } from '@dmarc-as-code/client/contract'
import { countDomains, type DomainView, domainParts, domainViews } from '../store/domains.ts'
import type { ApiContext } from './context.ts'
import { domainAnswer } from './domain-answer.ts'
import { JsonText } from './json-text.ts'
import { pageOf } from './paging.ts'

/**
 * All domains of some accounts, or one page of them. The number of queries for a page does not depend on its size. The whole
 * list becomes bytes part by part, so that the objects of one part only are in memory, and other requests are answered in between.
 */
export async function domainPage(
  { store, zone }: ApiContext,
  accountIds: readonly number[],
  query: PageQuery,
): Promise<JsonText> {
  const text = (views: readonly DomainView[]) => views.map((view) => JSON.stringify(domainAnswer(view, zone))).join(',')
  const page = pageOf(query)
  if (page) {
    const [views, total] = await Promise.all([
      domainViews(store.db, { accountIds, page }),
      countDomains(store.db, accountIds),
    ])
    const meta = { ...page.meta(total), total_domains: total }
    return new JsonText(Buffer.from(`{"domains":[${text(views)}],"meta":${JSON.stringify(meta)}}`))
  }
  const parts = [Buffer.from('{"domains":[')]
  for await (const views of domainParts(store.db, accountIds)) {
    if (views.length > 0) parts.push(Buffer.from(parts.length === 1 ? text(views) : `,${text(views)}`))
  }
  parts.push(Buffer.from(']}'))
  return new JsonText(Buffer.concat(parts))
}
