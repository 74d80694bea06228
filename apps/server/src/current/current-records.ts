import type { Resolver } from '@dmarc-as-code/dns/resolver'
import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import type { HideInternal } from '../network/internal-servers.ts'
import { type CurrentDmarc, currentDmarc } from './current-dmarc.ts'
import { type CurrentMtaSts, currentMtaSts, type MtaStsPlace } from './current-mta-sts.ts'
import type { Found } from './found.ts'
import { beginLook } from './look-up.ts'
import { mailHosts } from './mail-hosts.ts'
import { withinTime } from './within-time.ts'

/** Milliseconds, so that both together stay below what a client waits for an answer. */
const policyTime = 6000
const mailHostsTime = 3500

/** Reads what is live for a domain. Each look has a budget, and rejects only when the signal aborts. */
export interface CurrentRecords {
  dmarc: (domain: string, target: string, signal?: AbortSignal) => Promise<Found<CurrentDmarc>>
  mtaSts: (place: MtaStsPlace, signal?: AbortSignal) => Promise<Found<CurrentMtaSts>>
  mailHosts: (domain: string, signal?: AbortSignal) => Promise<Found<string[]>>
}

export interface CurrentRecordsOptions {
  resolver: Resolver
  http: PolicyFetcher
  /** Default: messages are shown as they are. */
  hide?: HideInternal
}

export function currentRecords({ resolver, http, hide }: CurrentRecordsOptions): CurrentRecords {
  return {
    dmarc: (domain, target, signal) => currentDmarc(domain, target, beginLook(resolver, signal, hide)),
    mtaSts: (place, signal) =>
      withinTime({ milliseconds: policyTime, what: `Reading the policy of ${place.domain}`, signal }, (within) =>
        currentMtaSts(place, beginLook(resolver, within, hide), http, within),
      ),
    mailHosts: (domain, signal) =>
      withinTime({ milliseconds: mailHostsTime, what: `Looking up the MX records of ${domain}`, signal }, (within) =>
        mailHosts(domain, beginLook(resolver, within, hide)),
      ),
  }
}
