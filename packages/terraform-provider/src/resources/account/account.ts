import { type Account, NotFoundError } from '@dmarc-as-code/client'
import { DiagnosticError, isKnown } from '@dmarc-as-code/terraform-plugin'
import { explaining } from '../../api/explain-api-error.ts'
import { noteUser, requireSameUser } from '../../api/same-user.ts'
import { define } from '../../context/define.ts'
import { requireOneOwner } from '../../context/one-owner.ts'
import { createMarked } from '../../markers/create-marked.ts'
import { accountSchema } from './account-schema.ts'

const view = ({ id, title, slug }: Account) => ({ id: String(id), title, slug: slug ?? String(id) })

export const account = define.resource({
  description: 'An account, which groups domains. Only an account without domains can be deleted.',
  schema: accountSchema,
  timeouts: { create: '5m', update: '5m', delete: '5m' },
  async create({ plan, client: { api, markers }, signal, private: priv }) {
    return explaining(`Creating the account "${plan.title}"`, signal, async () => {
      const all = () => api.client.accounts.list({ signal }).all()
      const titled = async () => (await all()).filter(({ title }) => title === plan.title)
      try {
        const made = await createMarked<Account>(markers, {
          kind: 'account',
          name: plan.title,
          note: (await titled()).map(({ id }) => id),
          signal,
          create: (options) => api.client.accounts.create({ title: plan.title }, options),
          find: async (id) => (await titled()).find((one) => one.id === id),
          existing: async () => undefined,
          async beforeRetry(marker) {
            if ((await api.client.capabilities({ signal })).has('idempotency_keys')) return
            const known = new Set(marker.note as number[])
            const unproven = (await titled()).find(({ id }) => !known.has(id))
            if (!unproven) return
            await marker.discard()
            throw mayExist(unproven)
          },
        })
        api.accountsChanged()
        await noteUser(api, priv, signal)
        return view(made)
      } finally {
        api.accountsChanged()
      }
    })
  },
  async read({ state, client: { api, markers }, signal, private: priv }) {
    const accounts = await explaining(`Reading the account ${state.id}`, signal, () => api.accounts({ signal }))
    const found = accounts.find(({ id, slug }) => String(id) === state.id || slug === state.id)
    if (!found) {
      await requireSameUser(api, priv, `Account ${state.id}`, signal)
      return null
    }
    await noteUser(api, priv, signal)
    await markers.inState('account', state.id)
    return view(found)
  },
  async modifyPlan({ state, plan, client: { markers, planned }, diagnostics }) {
    if (plan && isKnown(plan.title)) planned.accounts.add(plan.title)
    if (state) {
      await markers.inState('account', state.id)
      requireOneOwner(planned, 'account', { id: state.id, plan, what: `Account "${state.title}"` }, diagnostics)
    }
    return undefined
  },
  async update({ plan, state, client: { api }, signal }) {
    return explaining(`Renaming the account ${state.id}`, signal, async () => {
      const renamed = await api.client.accounts.update(state.id, { title: plan.title }, { signal })
      api.accountsChanged()
      return view(renamed)
    })
  },
  async delete({ state, client: { api }, signal, private: priv }) {
    await explaining(`Deleting the account "${state.title}"`, signal, async () => {
      await api.client.accounts.delete(state.id, { signal }).catch(async (error) => {
        if (!(error instanceof NotFoundError)) throw error
        await requireSameUser(api, priv, `Account ${state.id}`, signal)
      })
      api.accountsChanged()
    })
  },
  async importState({ id, client: { api }, signal }) {
    return { id: String(await api.accountId(id, { signal }, 'The import ID')) }
  },
})

function mayExist({ id, title }: Account): DiagnosticError {
  return new DiagnosticError(
    `An interrupted run may have created the account "${title}"`,
    `Account ${id} has this title and was created after that run began, but nothing proves that the run created it. To manage it with this configuration, import it:\n\n` +
      `import {\n  to = dmarcreport_account.NAME\n  id = "${id}"\n}\n\nTo create another account with the same title, run terraform apply again.`,
    { path: ['title'] },
  )
}
