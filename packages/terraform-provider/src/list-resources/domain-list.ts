import type { Domain } from '@dmarc-as-code/client'
import { parseDomainName } from '@dmarc-as-code/records'
import { lengthBetween, s } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../api/api.ts'
import { explaining } from '../api/explain-api-error.ts'
import { define } from '../context/define.ts'
import { domain } from '../resources/domain/domain.ts'
import { stateOf } from '../resources/domain/domain-state.ts'

/** As many domains as are asked about at once where the server tells hosting one by one. */
const TOGETHER = 8

export const domainsList = define.listResource({
  resource: domain,
  description:
    'Finds the domains that the token can access, optionally filtered, so that `terraform query` can generate `import` blocks and configuration for them.',
  schema: {
    account_id: s
      .string()
      .validate(lengthBetween(1, 255))
      .optional()
      .describe(
        'Return only domains of this account: ID, slug or title. Default: the account of the provider, otherwise all accounts.',
      ),
    tags: s.set(s.string()).optional().describe('Return only domains with all of these tags.'),
    query: s
      .string()
      .optional()
      .describe('Return only domains whose name contains this text, as U-labels or A-labels and ignoring case.'),
  },
  async *list({ config, client: { api }, signal, includeResource, limit }) {
    const found = await explaining('Listing the domains', signal, () => select(api, config, signal))
    const chosen = found.domains.slice(0, limit)
    for (let start = 0; start < chosen.length; start += TOGETHER) {
      const some = chosen.slice(start, start + TOGETHER)
      const states = includeResource
        ? await explaining('Reading the domains found', signal, () =>
            Promise.all(some.map((one) => wholeState(api, one, found.accountId, signal))),
          )
        : []
      for (const [index, { id, address }] of some.entries()) {
        const resource = states[index]
        yield { name: address, identity: { id: String(id) }, ...(resource && { resource }) }
      }
    }
  },
})

interface Filters {
  readonly account_id: string | null
  readonly tags: readonly string[] | null
  readonly query: string | null
}

async function select(api: Api, { account_id, tags, query }: Filters, signal: AbortSignal) {
  const accountId = await api.accountToSearch(account_id, { signal })
  const all = await (accountId === undefined ? api.domains({ signal }) : api.domainsOf(accountId, { signal }))
  const domains = [...all.values()]
    .filter(
      (one) =>
        (query === null || holds(one.address, query)) &&
        (tags ?? []).every((tag) => one.tags.some(({ name }) => name === tag)),
    )
    .sort((a, b) => (a.address < b.address ? -1 : 1))
  return { accountId, domains }
}

/** Whether a domain name holds a text, as A-labels or in its own script. */
function holds(address: string, query: string): boolean {
  const parsed = parseDomainName(address)
  const spellings = parsed.ok ? [parsed.ascii, parsed.unicode] : [address.toLowerCase()]
  return spellings.some((spelling) => spelling.includes(query.trim().toLowerCase()))
}

async function wholeState(api: Api, found: Domain, wanted: number | undefined, signal: AbortSignal) {
  const accountId = wanted ?? found.account_id ?? (await api.accountId(null, { signal }))
  return stateOf(await api.withHosting(accountId, found, { signal }), String(accountId), {})
}
