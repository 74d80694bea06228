import type { EffectGrade, MailEffect } from '@dmarc-as-code/records'

/** What receivers of mail, or senders that look for a policy, find for a domain. */
export interface InForce {
  /**
   * The record, or the policy file. Null where there is none that counts: nothing is there, or several records, which
   * count as none (RFC 9989 section 4.10). Undefined where it is not known.
   */
  text?: string | null
  /** Where it comes from: `TXT at _dmarc.example.com`, `the record of the parent example.com`. Or why it is not known. */
  source: string
}

/** What putting the CNAME in place does to mail. Plain JSON. */
export interface PlanEffect {
  policy: 'dmarc' | 'mta-sts' | 'tls-rpt'
  domain: string
  before: InForce
  after: InForce
  /** `unknown` where one side could not be read: a warning, which refuses nothing. */
  grade: EffectGrade | 'unknown'
  /** Whether the change is refused without a reason in words (`allowWeaker`). */
  needsConsent: boolean
  /** What changes, a whole sentence each: first what becomes weaker. Where the effect is unknown: why. */
  messages: string[]
  /** The comparison itself; null where the effect is unknown. */
  comparison: MailEffect | null
}

/** What was found out, or why it could not be. */
export type Found<Value> = { readonly value: Value } | { readonly unknown: string }

/** How the engine learns what is live and what answers behind a target. See `mailView`. */
export interface MailView {
  /** The texts of the TXT records at a name as receivers see them, aliases followed; none where there are none. */
  texts(name: string): Promise<Found<readonly string[]>>
  /** The same, asked of the servers of the zone that holds the name, so that a record made a moment ago counts. */
  freshTexts(name: string): Promise<Found<readonly string[]>>
  /** The addresses of a host, aliases followed. */
  addresses(name: string): Promise<Found<readonly string[]>>
  /**
   * The MTA-STS policy file of a domain, from these addresses; null where senders cannot use what is served. A host that is
   * yet `to-come` may get its certificate and the file once the CNAME is there, so that only a policy counts.
   */
  policyFile(domain: string, addresses: readonly string[], host: 'live' | 'to-come'): Promise<Found<string | null>>
  /** False for names that nobody can be asked about, because only stub zones are. */
  reaches(name: string): boolean
}
