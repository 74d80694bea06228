import { accountOf } from '../access.ts'
import { domainPage } from '../domain-page.ts'
import { route } from '../route.ts'

export const listDomains = route('listDomains', {
  privilege: 'read',
  description: 'Returns all domains unless `page` or `per` is sent.',
  async handle({ caller, params, query }, context) {
    const account = await accountOf(context.store.db, caller, params.account_id)
    return domainPage(context, [account.id], query)
  },
})
