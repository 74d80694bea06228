/** `p`, `sp` and `np` of a DMARC record (RFC 9989 section 4.7). */
export type PublishedPolicy = 'none' | 'quarantine' | 'reject'

/** What the receiver says it did (RFC 9990 section 3.1.1.9). `pass` is new in RFC 9990: passed under an enforcing policy. */
export type Disposition = 'none' | 'pass' | 'quarantine' | 'reject'

/** The result of a DKIM signature (RFC 8601 section 2.7.1). */
export type DkimResultWord = 'none' | 'pass' | 'fail' | 'policy' | 'neutral' | 'temperror' | 'permerror'

/** The result of SPF (RFC 8601 section 2.7.2). */
export type SpfResultWord = DkimResultWord | 'softfail'

/** An element that RFC 9990 does not name, kept as it was: a file-level or record-level extension (section 3.2). */
export interface ExtensionElement {
  /** As written, with its prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (ExtensionElement | string)[]
}

/** A text for people with its language (RFC 9990: attribute `lang`, default `en`). */
export interface LocalisedText {
  readonly text: string
  readonly lang?: string
}

/** Who reports, and over which period (RFC 9990 section 3.1.1.3). */
export interface ReportMetadata {
  /** Free text, not a domain; empty where the reporter gives none. */
  readonly orgName: string
  /** A contact, need not be the sending address; empty where the reporter gives none. */
  readonly email: string
  readonly extraContactInfo?: LocalisedText
  /** Without angle brackets. Unique among one reporter's reports to one domain, not worldwide. */
  readonly reportId: string
  /** The reporting period, in seconds since 1970, UTC. */
  readonly dateRange: { readonly begin: number; readonly end: number }
  /** Trouble the reporter had with the policy record. At most 20 are kept. */
  readonly errors: readonly LocalisedText[]
  readonly generator?: string
}

/** The DMARC record as the reporter found it (RFC 9990 section 3.1.1.5). What is absent there is absent here. */
export interface PolicyPublished {
  /** The policy domain, in lower case, A-labels. */
  readonly domain: string
  readonly discoveryMethod?: string
  readonly p?: PublishedPolicy
  readonly sp?: PublishedPolicy
  readonly np?: PublishedPolicy
  readonly adkim?: 'r' | 's'
  readonly aspf?: 'r' | 's'
  readonly fo?: string
  /** Tag `t` of the record. */
  readonly testing?: boolean
  /** RFC 7489 only, 0 to 100. */
  readonly pct?: number
}

/** Why the receiver did not follow the policy (RFC 9990 section 3.1.6; RFC 7489 has more types). */
export interface OverrideReason {
  /** Open: `local_policy`, `mailing_list`, `other`, `policy_test_mode`, `trusted_forwarder`, `forwarded`, `sampled_out`. */
  readonly type: string
  readonly comment?: LocalisedText
}

export interface DkimAuthResult {
  readonly domain: string
  readonly selector?: string
  readonly result: DkimResultWord
  readonly humanResult?: LocalisedText
}

export interface SpfAuthResult {
  /** Empty for a null sender without a usable HELO. */
  readonly domain: string
  readonly scope?: 'mfrom' | 'helo'
  readonly result: SpfResultWord
  readonly humanResult?: LocalisedText
}

/** Messages of one source with the same results and identifiers (RFC 9990 section 3.1.1.7). */
export interface AggregateRecord {
  /** Canonical: dotted decimal or RFC 5952; v4-mapped addresses as IPv4. */
  readonly sourceIp: string
  /** Messages, at least 1. */
  readonly count: number
  readonly policyEvaluated: {
    /** Undefined where the reporter does not say, or says an unknown word. */
    readonly disposition?: Disposition
    /** The aligned result, before any local override. DMARC passes where one of the two is `pass`. */
    readonly dkim?: 'pass' | 'fail'
    readonly spf?: 'pass' | 'fail'
    readonly reasons: readonly OverrideReason[]
  }
  readonly identifiers: {
    /** In lower case. */
    readonly headerFrom: string
    /** Empty for a null sender. */
    readonly envelopeFrom?: string
    readonly envelopeTo?: string
  }
  /** Raw results, not DMARC's view: a pass here need not be aligned. At most 100 each. */
  readonly authResults: { readonly dkim: readonly DkimAuthResult[]; readonly spf: readonly SpfAuthResult[] }
  readonly extensions: readonly ExtensionElement[]
}

/** An aggregate report without its records, which stream. */
export interface AggregateReport {
  readonly kind: 'aggregate'
  /** Text of `version`; RFC 9990 still has `1.0`. */
  readonly version?: string
  /** Namespace of the root; `urn:ietf:params:xml:ns:dmarc-2.0` in RFC 9990, most often none. */
  readonly namespace?: string
  readonly metadata: ReportMetadata
  readonly policyPublished: PolicyPublished
  readonly extensions: readonly ExtensionElement[]
  /** Records that were passed on. */
  readonly records: number
  /** Sum of their counts. */
  readonly messages: number
  /** Records that could not be read; each kind is a warning. */
  readonly recordsSetAside: number
}
