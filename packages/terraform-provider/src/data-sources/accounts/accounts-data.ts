import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { accountsDataSchema } from './accounts-data-schema.ts'

export const accountsData = define.dataSource({
  description: 'Lists the accounts that the token can access.',
  schema: accountsDataSchema,
  async read({ client: { api }, signal }) {
    const accounts = await explaining('Listing the accounts', signal, () => api.accounts({ signal }))
    return {
      accounts: accounts
        .map(({ id, title, slug }) => ({ id: String(id), title, slug }))
        .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : Number(a.id) - Number(b.id))),
    }
  },
})
