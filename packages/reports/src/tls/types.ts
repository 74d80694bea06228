/** `policy-type` (RFC 8460 section 4.4). Open: other words are kept. */
export type TlsPolicyType = 'tlsa' | 'sts' | 'no-policy-found' | (string & {})

/** One kind of failed sessions (RFC 8460 section 4.4). Its count may overlap with those of other kinds. */
export interface TlsFailure {
  /** Open: the words of RFC 8460 section 4.3, such as `certificate-expired` or `sts-policy-fetch-error`. */
  readonly resultType: string
  readonly failedSessions: number
  readonly sendingMtaIp?: string
  readonly receivingIp?: string
  readonly receivingMxHostname?: string
  readonly receivingMxHelo?: string
  /** A link of the reporter's. Never fetched. */
  readonly additionalInformation?: string
  readonly failureReasonCode?: string
}

/** What one policy of the domain led to (RFC 8460 section 4.4). */
export interface TlsPolicy {
  readonly type: TlsPolicyType
  /** Lines of the MTA-STS policy, or TLSA records. */
  readonly policyString: readonly string[]
  /** In lower case, A-labels. */
  readonly domain: string
  /** Patterns of an MTA-STS policy. */
  readonly mxHosts: readonly string[]
  readonly successfulSessions: number
  readonly failedSessions: number
  readonly failures: readonly TlsFailure[]
}

/** An SMTP TLS report (RFC 8460). */
export interface TlsReport {
  readonly kind: 'tls'
  readonly organizationName: string
  /** The reporting period, in seconds since 1970, UTC. */
  readonly dateRange: { readonly begin: number; readonly end: number }
  /** An address; empty where the reporter gives none. Its domain is the submitter. */
  readonly contactInfo: string
  readonly reportId: string
  readonly policies: readonly TlsPolicy[]
}
