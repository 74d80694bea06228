import { countObservations, observationPage } from '../../store/verifications.ts'
import { domainOf } from '../access.ts'
import { isoTime } from '../iso-time.ts'
import { pageOf } from '../paging.ts'
import { route } from '../route.ts'

export const listStatusChanges = route('listStatusChanges', {
  privilege: 'read',
  description:
    'The latest first: the last 1000 changes of status of the domain, for 400 days. A `consent` is the reason that was given for weakening what is live.',
  async handle({ caller, params, query }, { store }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const page = pageOf(query)
    const rows = await observationPage(store.db, domain.id, page)
    return {
      status_changes: rows.map(({ at, ...change }) => ({ at: isoTime(at), ...change })),
      ...(page && { meta: metaOf(page, await countObservations(store.db, domain.id)) }),
    }
  },
})

const metaOf = (page: NonNullable<ReturnType<typeof pageOf>>, total: number) => ({
  ...page.meta(total),
  total_status_changes: total,
})
