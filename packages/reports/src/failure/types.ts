/** One header field of the reported message; addresses have their local part hashed when asked for. */
export interface HeaderField {
  readonly name: string
  readonly value: string
}

/** An authentication failure report (RFC 6591, RFC 9991; RFC 7489 section 7.3). Bodies are never kept. */
export interface FailureReport {
  readonly kind: 'failure'
  readonly userAgent?: string
  /** `dmarc`, `spf`, `signature`, `bodyhash`, `revoked`, `adsp`: the way authentication failed. Open. */
  readonly authFailure: string
  /** Raw, RFC 8601. The verdict is taken from here. */
  readonly authenticationResults?: string
  /** Raw. Its meaning is turned round between RFC 7489 and RFC 9991; see `authenticationResults`. */
  readonly identityAlignment?: string
  readonly reportedDomains: readonly string[]
  readonly sourceIp?: string
  readonly originalMailFrom?: string
  readonly originalRcptTo: readonly string[]
  /** Milliseconds since 1970. */
  readonly arrivalDate?: number
  /** How many messages this report stands for; 1 where it does not say. */
  readonly incidents: number
  readonly deliveryResult?: string
  readonly reportingMta?: string
  readonly dkimDomain?: string
  readonly dkimSelector?: string
  readonly spfDns: readonly string[]
  /** Domain of the From field of the reported message, in lower case; the best answer to "for whom". */
  readonly headerFrom?: string
  readonly headers: readonly HeaderField[]
}
