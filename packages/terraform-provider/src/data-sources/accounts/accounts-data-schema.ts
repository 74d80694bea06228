import { s } from '@dmarc-as-code/terraform-plugin'

export const accountsDataSchema = {
  accounts: s
    .list(
      s.object({
        id: s.string().computed().describe("The account's number."),
        title: s.string().computed().describe('The name people see.'),
        slug: s.string().computed().describe('The short name in addresses.'),
      }),
    )
    .computed()
    .describe('Every account the token can see, sorted by title.'),
}
