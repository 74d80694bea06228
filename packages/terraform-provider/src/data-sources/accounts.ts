import { explaining } from '../api/explain.ts'
import { define } from '../define.ts'
import { accountsDataSchema } from './accounts-schema.ts'

export const accountsData = define.dataSource({
  description: 'The accounts the token can see.',
  schema: accountsDataSchema,
  async read({ client: api, signal }) {
    const accounts = await explaining('Listing the accounts', signal, () => api.accounts({ signal }))
    return {
      accounts: accounts
        .map(({ id, title, slug }) => ({ id: String(id), title, slug }))
        .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : Number(a.id) - Number(b.id))),
    }
  },
})
