import { DiagnosticError } from '@dmarc-as-code/terraform-plugin'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { hostedServicesDataSchema } from './hosted-services-data-schema.ts'

export const hostedServicesData = define.dataSource({
  description:
    'Reads which services are hosted for a domain, and the last known status of their CNAME records. It does not verify anything.',
  schema: hostedServicesDataSchema,
  async read({ config, client: { api }, signal }) {
    return explaining(`Reading the hosted services of ${config.domain_id}`, signal, async () => {
      const accountId = await api.accountId(config.account_id, { signal })
      const domain = await api.find(config.domain_id, accountId, { signal })
      if (!domain) {
        throw new DiagnosticError(
          `Domain "${config.domain_id}" not found`,
          `Account ${accountId} has no domain with this ID, slug or address.`,
          { path: ['domain_id'] },
        )
      }
      const hosted = await api.client.domains.hostedServices(accountId, domain.id, { signal })
      const cnames = hosted.cname_records.map(({ kind, name, value, status, reason }) => [
        kind,
        { name, type: 'CNAME', value, status: status ?? null, reason: reason ?? null },
      ])
      return {
        hosted_dmarc: hosted.hosted_dmarc,
        hosted_mta_sts: hosted.hosted_mta_sts,
        cnames: Object.fromEntries(cnames) as Record<string, (typeof cnames)[number][1] & object>,
      }
    })
  },
})
