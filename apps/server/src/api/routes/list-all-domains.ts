import { accountsOf } from '../access.ts'
import { domainPage } from '../domain-page.ts'
import { route } from '../route.ts'

export const listAllDomains = route('listAllDomains', {
  privilege: 'read',
  description:
    'A domain that several accounts hold is listed once, under the account that has held it longest. The list is whole unless `page` or `per` is sent.',
  async handle({ caller, query }, context) {
    const accounts = await accountsOf(context.store.db, caller)
    return domainPage(
      context,
      accounts.map(({ id }) => id),
      query,
    )
  },
})
