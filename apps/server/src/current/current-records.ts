import type { Resolver } from '@dmarc-as-code/dns/resolver'
import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import { type CurrentDmarc, currentDmarc } from './current-dmarc.ts'
import { type CurrentMtaSts, currentMtaSts, type MtaStsPlace } from './current-mta-sts.ts'
import type { Found } from './found.ts'
import { beginLook } from './look-up.ts'
import { mailHosts } from './mail-hosts.ts'

/** Reads what is live for a domain. Each look has a budget, and rejects only when the signal aborts. */
export interface CurrentRecords {
  dmarc: (domain: string, target: string, signal?: AbortSignal) => Promise<Found<CurrentDmarc>>
  mtaSts: (place: MtaStsPlace, signal?: AbortSignal) => Promise<Found<CurrentMtaSts>>
  mailHosts: (domain: string, signal?: AbortSignal) => Promise<Found<string[]>>
}

export function currentRecords({ resolver, http }: { resolver: Resolver; http: PolicyFetcher }): CurrentRecords {
  return {
    dmarc: (domain, target, signal) => currentDmarc(domain, target, beginLook(resolver, signal)),
    mtaSts: (place, signal) => currentMtaSts(place, beginLook(resolver, signal), http, signal),
    mailHosts: (domain, signal) => mailHosts(domain, beginLook(resolver, signal)),
  }
}
