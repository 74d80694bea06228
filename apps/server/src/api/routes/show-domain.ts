import { domainOf } from '../access.ts'
import { domainAnswer } from '../domain-answer.ts'
import { route } from '../route.ts'

export const showDomain = route('getDomain', {
  privilege: 'read',
  description: 'Returns the domain without an envelope. `id` is the numeric id or the slug.',
  async handle({ caller, params }, { store, zone }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.id)
    return domainAnswer(domain, zone)
  },
})
