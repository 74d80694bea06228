import type { Domain } from '@dmarc-as-code/client'
import { z } from 'zod'
import { clientOf } from '../find-domain.ts'
import { tool } from '../tool.ts'

const mostAtOnce = 500

export const listDomains = tool({
  name: 'list_domains',
  title: 'List domains',
  description:
    'Lists the domains of the DMARC Report accounts of this token, with their DMARC and MTA-STS status and the code that manages them. Narrow a long list with `name_contains`, `dmarc_status` or `tag`.',
  input: z.object({
    name_contains: z.string().optional().describe('Only domains whose name contains this text'),
    dmarc_status: z.string().optional().describe('Only domains with this DMARC status, such as dmarc_inactive'),
    tag: z.string().optional().describe('Only domains with a tag of this name'),
    limit: z.number().int().min(1).max(mostAtOnce).default(100).describe('At most this many domains'),
  }),
  async run({ name_contains, dmarc_status, tag, limit }, sources, signal) {
    const all = await clientOf(sources).domains.listWithAccounts({ signal })
    const found = all.filter(
      (domain) =>
        (name_contains === undefined || domain.address.includes(name_contains.toLowerCase())) &&
        (dmarc_status === undefined || domain.dmarc_status === dmarc_status) &&
        (tag === undefined || domain.tags.some(({ name }) => name === tag)),
    )
    return { matching: found.length, shown: Math.min(limit, found.length), domains: found.slice(0, limit).map(row) }
  },
})

function row(domain: Domain): Record<string, unknown> {
  const { id, address, account_id, dmarc_status, mta_sts_status, parked_domain, tags, managed_by } = domain
  return {
    id,
    address,
    account_id: account_id ?? null,
    dmarc_status,
    mta_sts_status,
    parked_domain,
    tags: tags.map(({ name }) => name),
    ...(managed_by && { managed_by }),
  }
}
