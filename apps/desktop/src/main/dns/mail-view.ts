import type { LiveLookUps } from '@dmarc-as-code/client'
import type { MailView } from '@dmarc-as-code/dns/apply'
import { mailView } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { createPolicyFetcher } from '@dmarc-as-code/dns/verify'
import { hostedNames } from '@dmarc-as-code/records'
import type { StubZone } from '../../shared/stub-zone.ts'

/** What receivers of mail see, for the effect of a plan. `stubZones` are asked instead of the public DNS where they match. */
export function mailViewOf(stubZones: readonly StubZone[], signal: AbortSignal): MailView {
  const resolver = createResolver({ client: createDnsClient(), stubZones: [...stubZones] })
  return mailView(resolver, { policies: createPolicyFetcher(), signal })
}

const lookupTimeout = 30_000

/** The same for a service that cannot take over what is live itself: its record and policy file are read from here. */
export function liveLookUps(stubZones: () => readonly StubZone[]): LiveLookUps {
  const view = () => mailViewOf(stubZones(), AbortSignal.timeout(lookupTimeout))
  return {
    txt: async (name) => known(await view().texts(name)),
    policyFile: async (domain) => {
      const looking = view()
      const addresses = known(await looking.addresses(hostedNames(domain).mta_sts_policy))
      return addresses.length === 0 ? null : known(await looking.policyFile(domain, addresses, 'live'))
    },
  }
}

function known<Value>(found: { readonly value: Value } | { readonly unknown: string }): Value {
  if ('unknown' in found) throw new Error(found.unknown)
  return found.value
}
