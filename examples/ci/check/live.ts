import { type MailView, mailView } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver, parseStubZones } from '@dmarc-as-code/dns/resolver'
import { createPolicyFetcher } from '@dmarc-as-code/dns/verify'

/** What receivers and senders of mail find now; `signal` ends the look. */
export type LookAtMail = (signal: AbortSignal) => MailView

/** Asks where the provider asks: the system's resolvers, or the servers that DMARCREPORT_STUB_ZONES names and no others. */
export function lookAtMail({ DMARCREPORT_STUB_ZONES: setting = '' }: NodeJS.ProcessEnv): LookAtMail {
  const stubZones = parseStubZones(setting.split(/[\s,]+/).filter(Boolean))
  const resolver = createResolver({
    client: createDnsClient(),
    stubZones,
    ...(stubZones.length > 0 && { recursors: [] }),
  })
  const policies = createPolicyFetcher()
  return (signal) => mailView(resolver, { policies, signal })
}
