import { each, lengthBetween, oneOf, s } from '@dmarc-as-code/terraform-plugin'
import { explaining } from '../api/explain-api-error.ts'
import { define } from '../context/define.ts'
import { findDomain, waitForDomain, wantedServices } from '../resources/domain-verification/wait-for-domain.ts'

export const verifyAction = define.action({
  description:
    'Verifies the records of a domain now and waits until everything is live, as `dmarcreport_domain_verification` does, but stores nothing in the state. Run it with `terraform apply -invoke=action.dmarcreport_verify.NAME`, or by an `action_trigger` after the records have changed.',
  schema: {
    domain_id: s.string().required().describe('ID, slug or address of the domain.'),
    account_id: s
      .string()
      .validate(lengthBetween(1, 255))
      .optional()
      .describe('Account of the domain: ID, slug or title. Default: the account of the provider.'),
    services: s
      .set(s.string())
      .optional()
      .validate(each(oneOf('dmarc', 'mta_sts')))
      .describe('Services to verify: `dmarc`, `mta_sts` or both. Default: all hosted services.'),
  },
  timeouts: { invoke: '30m' },
  async invoke({ config, client: { api }, signal, progress }) {
    await explaining(`Verifying domain ${config.domain_id}`, signal, async () => {
      const accountId = await api.accountId(config.account_id, { signal })
      const domain = await api.withHosting(accountId, await findDomain(api, accountId, config.domain_id, signal), {
        signal,
      })
      const log = { info: (line: string) => progress(line), warn: (line: string) => progress(line) }
      await waitForDomain(api, accountId, domain, wantedServices(config.services, domain), signal, log)
    })
  },
})
