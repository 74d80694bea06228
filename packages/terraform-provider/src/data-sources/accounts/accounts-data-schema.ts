import { s } from '@dmarc-as-code/terraform-plugin'

export const accountsDataSchema = {
  accounts: s
    .list(
      s.object({
        id: s.string().computed().describe('Numeric ID of the account.'),
        title: s.string().computed().describe('Display name.'),
        slug: s.string().computed().describe('Short name used in URLs.'),
      }),
    )
    .computed()
    .describe('Accounts that the token can access, sorted by title.'),
}
