import type { Domain } from '@dmarc-as-code/client'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { cnamesOf } from '../../resources/domain/domain-state.ts'
import { domainsDataSchema } from './domains-data-schema.ts'

export const domainsData = define.dataSource({
  description: 'Lists the domains that the token can access, optionally filtered.',
  schema: domainsDataSchema,
  async read({ config, client: { api }, signal }) {
    return explaining('Listing the domains', signal, async () => {
      const accountId = await api.accountToSearch(config.account_id, { signal })
      const all = [
        ...(await (accountId === undefined ? api.domains({ signal }) : api.domainsOf(accountId, { signal }))).values(),
      ]
      const chosen = all
        .filter(
          (domain) =>
            (config.tag === null || domain.tags.some(({ name }) => name === config.tag)) &&
            (config.parked === null || domain.parked_domain === config.parked),
        )
        .sort((a, b) => (a.address < b.address ? -1 : 1))
      // Some servers tell the hosting of a domain only one by one.
      const told = await Promise.all(
        chosen.map((domain) => {
          const account = accountId ?? domain.account_id
          return account === undefined ? domain : api.withHosting(account, domain, { signal })
        }),
      )
      const found = told.filter(
        ({ hosted_dmarc, hosted_mta_sts }) =>
          config.hosted === null || Boolean(hosted_dmarc || hosted_mta_sts) === config.hosted,
      )
      return { addresses: found.map(({ address }) => address), domains: found.map(view) }
    })
  },
})

const view = (domain: Domain) => ({
  id: String(domain.id),
  account_id: domain.account_id === undefined ? null : String(domain.account_id),
  address: domain.address,
  slug: domain.slug,
  parked: domain.parked_domain,
  tags: domain.tags.map(({ name }) => name).sort(),
  hosted_dmarc: domain.hosted_dmarc ?? null,
  hosted_mta_sts: domain.hosted_mta_sts ?? null,
  dmarc_status: domain.dmarc_status,
  mta_sts_status: domain.mta_sts_status,
  cnames: cnamesOf(domain),
})
