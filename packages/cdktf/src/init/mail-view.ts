import { type MailView, mailView } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver, parseStubZones, type Resolver } from '@dmarc-as-code/dns/resolver'
import { createPolicyFetcher } from '@dmarc-as-code/dns/verify'

/** What receivers and senders of mail find; `signal` ends the look. */
export type LookAtMail = (signal: AbortSignal) => MailView

/** Over the system's resolvers, or inside the stub zones alone where the environment names some, as the provider looks. */
export function lookAtMail(env: NodeJS.ProcessEnv): LookAtMail {
  let resolver: Resolver | undefined
  const policies = createPolicyFetcher()
  return (signal) => {
    resolver ??= resolverOf(env)
    return mailView(resolver, { policies, signal })
  }
}

function resolverOf({ DMARCREPORT_STUB_ZONES: setting = '' }: NodeJS.ProcessEnv): Resolver {
  const stubZones = parseStubZones(setting.split(/[\s,]+/).filter(Boolean))
  return createResolver({ client: createDnsClient(), stubZones, ...(stubZones.length > 0 && { recursors: [] }) })
}
