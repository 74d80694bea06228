/**
 * What the window shows. The main process builds these from the API and the DNS; the page only draws them. Times are
 * ISO 8601 in UTC, names are in ASCII (A-labels) unless called `title`.
 */

import type { DmarcPolicy, RecordKind } from '@dmarc-as-code/records'
import type { Problem } from './problems.ts'
import type { ReportAlert } from './report-alert.ts'
import type { DomainEvidence } from './reports.ts'

export type { DmarcPolicy, RecordKind }

/** In the order a person cares: what needs them first. */
export const domainStates = ['attention', 'working', 'unknown', 'unhosted', 'ready'] as const
export type DomainState = (typeof domainStates)[number]

export interface DomainRef {
  readonly connectionId: string
  readonly accountId: number
  readonly domainId: number
}

export interface Tag {
  readonly id: number
  readonly name: string
  /** `#RRGGBB`. */
  readonly color: string
}

/** One of the four names of a domain: what should be there, what is, and what to do about a difference. */
export interface RecordView {
  readonly kind: RecordKind
  /** Where the CNAME belongs, e.g. `_dmarc.example.com`. */
  readonly name: string
  /** The CNAME target the service asks for; absent while its hosting is off. */
  readonly expected?: string
  /** What the DNS answered, in words a person can compare with `expected`. */
  readonly found?: string
  readonly state: DomainState
  /** The service's own word: verified, awaiting_setup, misconfigured, or one this app does not know. */
  readonly status?: string
  /** The text behind the CNAME: published or queued. */
  readonly txt?: string
  /** Only for the policy host: active, pending or unreachable. */
  readonly policyFile?: string
  /** Stable reason code, e.g. `wrong-target`. */
  readonly reason?: string
  /** Why, in a few words. */
  readonly short?: string
  /** One plain sentence: why it is in this state. */
  readonly why: string
  /** One plain sentence: what to do; absent when there is nothing to do. */
  readonly advice?: string
  /** Hosting is off, and the CNAME that was in place before has not been seen to be gone; its target. */
  readonly dangling?: string
  readonly askedAt?: string
  /** Who was asked: the service, or name servers. */
  readonly askedOf?: string
  /** When cached copies of the old answer have expired. */
  readonly visibleBy?: string
}

export interface DomainSummary extends DomainRef {
  /** Stable over restarts: `connection/account/domain`. */
  readonly key: string
  readonly address: string
  /** The address in its own script. */
  readonly title: string
  readonly slug: string
  readonly tags: readonly Tag[]
  readonly hostedDmarc: boolean
  readonly hostedMtaSts: boolean
  readonly parked: boolean
  /** Which reports are wanted; absent means all. */
  readonly reports?: { readonly aggregate: boolean; readonly failure: boolean; readonly tls: boolean }
  /** Messages left for a parked domain. */
  readonly parkedCredits?: number
  readonly state: DomainState
  readonly records: readonly RecordView[]
  /** The policy that receivers apply now; absent where that is not known. */
  readonly policy?: DmarcPolicy
  /** What reports say about the next policy; absent where the service has none, or was not asked yet. */
  readonly evidence?: DomainEvidence
  /** The DMARC record the service publishes, or would publish. */
  readonly dmarcRecord?: string
  /** The addresses the service must keep in that record. */
  readonly defaultDmarcRecord?: string
  readonly mtaSts?: MtaStsPolicyView
  /** Where the domain is kept in code, in the words of whoever keeps it there. */
  readonly managedBy?: string
  readonly updatedAt?: string
  readonly checkedAt?: string
}

export interface MtaStsPolicyView {
  readonly mode: string
  /** Host patterns, in the order they are published. */
  readonly mx: readonly string[]
  /** Days a sender may keep the policy. */
  readonly days: number
}

export interface AccountView {
  readonly connectionId: string
  readonly accountId: number
  readonly title: string
}

/** One change of a domain's state, or an alert about its reports, as kept in the history file. */
export interface HistoryEntry {
  readonly at: string
  readonly domain: string
  readonly from: DomainState | null
  readonly to: DomainState
  /** Why, e.g. `_dmarc.example.com: wrong-target`. */
  readonly because?: string
  /** Something that reports say; the state is then the same before and after. */
  readonly alert?: ReportAlert
}

export type ConnectionKind = 'vendor' | 'self-hosted' | 'sandbox'

export interface ConnectionView {
  readonly id: string
  readonly kind: ConnectionKind
  readonly title: string
  readonly baseUrl: string
  readonly online: boolean
  readonly extensions: readonly string[]
  readonly lastSuccessAt?: string
  /** What the token is not allowed to do, though the list can be read. */
  readonly limited?: Problem
  /** Why the last try failed; absent after a good one. */
  readonly problem?: Problem
}
