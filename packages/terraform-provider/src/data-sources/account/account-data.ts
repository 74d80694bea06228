import { conflicting, DiagnosticError } from '@dmarc-as-code/terraform-plugin'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { accountDataSchema } from './account-data-schema.ts'

export const accountData = define.dataSource({
  description:
    'Reads an account by its ID, slug or title. Without any of them, it reads the account of the provider, or the only one that the token can access.',
  schema: accountDataSchema,
  validate: conflicting('id', 'slug', 'title'),
  async read({ config, client: { api }, signal }) {
    const { id, slug, title } = config
    return explaining('Reading the account', signal, async () => {
      const accounts = await api.accounts({ signal })
      const named = id ?? slug ?? title
      const chosen = named === null ? await api.accountId(null, { signal }) : undefined
      const found = accounts.filter((one) =>
        chosen !== undefined
          ? one.id === chosen
          : id !== null
            ? String(one.id) === id
            : slug !== null
              ? one.slug === slug
              : one.title === title,
      )
      const [account, ...others] = found
      if (account && others.length === 0) {
        return { id: String(account.id), slug: account.slug, title: account.title }
      }
      const attribute = id !== null ? 'id' : slug !== null ? 'slug' : 'title'
      throw new DiagnosticError(
        others.length > 0 ? `Several accounts have the title "${named}"` : `Account "${named ?? chosen}" not found`,
        others.length > 0
          ? `Their IDs are ${found.map((one) => one.id).join(', ')}. Use \`id\` instead.`
          : `The token can access no account with this ${attribute}. The data source \`dmarcreport_accounts\` lists those that it can access.`,
        { path: named === null ? [] : [attribute] },
      )
    })
  },
})
