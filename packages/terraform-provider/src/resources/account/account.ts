import { type Account, NotFoundError } from '@dmarc-as-code/client'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { accountSchema } from './account-schema.ts'

const view = ({ id, title, slug }: Account) => ({ id: String(id), title, slug: slug ?? String(id) })

export const account = define.resource({
  description: 'An account, which groups domains. Only an account without domains can be deleted.',
  schema: accountSchema,
  timeouts: { create: '5m', update: '5m', delete: '5m' },
  async create({ plan, client: { api, markers }, signal }) {
    return explaining(`Creating the account "${plan.title}"`, signal, async () => {
      const before = (await api.client.accounts.list().all()).map(({ id }) => id)
      // Titles need not be unique, so only the list from before tells an account a dead run made from an older one.
      const earlier = await markers.begin('account', plan.title, before)
      if (earlier) {
        const known = new Set(earlier.note as number[])
        const made = (await api.client.accounts.list().all()).find(
          ({ id, title }) => title === plan.title && !known.has(id),
        )
        if (made) return view(made)
      }
      const made = await api.client.accounts.create({ title: plan.title }, { signal })
      api.stale()
      return view(made)
    })
  },
  async read({ state, client: { api, markers }, signal }) {
    const accounts = await explaining(`Reading the account ${state.id}`, signal, () => api.accounts({ signal }))
    const found = accounts.find(({ id, slug }) => String(id) === state.id || slug === state.id)
    if (!found) return null
    await markers.end('account', found.title)
    return view(found)
  },
  async update({ plan, state, client: { api }, signal }) {
    return explaining(`Renaming the account ${state.id}`, signal, async () => {
      const renamed = await api.client.accounts.update(state.id, { title: plan.title }, { signal })
      api.stale()
      return view(renamed)
    })
  },
  async delete({ state, client: { api }, signal }) {
    await explaining(`Deleting the account "${state.title}"`, signal, async () => {
      await api.client.accounts.delete(state.id, { signal }).catch(unlessGone)
      api.stale()
    })
  },
  async importState({ id, client: { api }, signal }) {
    return { id: String(await api.accountId(id, { signal })) }
  },
})

function unlessGone(error: unknown): void {
  if (!(error instanceof NotFoundError)) throw error
}
