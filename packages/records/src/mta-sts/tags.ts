/** What senders do when the policy is not met: refuse to deliver, report, or nothing. */
export type MtaStsMode = 'enforce' | 'testing' | 'none'

/** From weakest to strongest. */
export const mtaStsModes: readonly MtaStsMode[] = ['none', 'testing', 'enforce']

/** The longest `max_age`, in seconds: a year and six hours (RFC 8461 3.2). */
export const longestMaxAge = 31_557_600

/** Seconds. */
export const day = 86_400

/** Below this, in seconds, a `max_age` draws a warning: an attacker need only block the policy that long. */
export const shortestMaxAge: Readonly<Record<MtaStsMode, number>> = { enforce: 7 * day, testing: day, none: 0 }

/** Above this, in seconds, a policy of mode `none` would hide a later one for long (RFC 8461 8.3). */
export const longestAgeForNone = 7 * day

/** The policy file at https://mta-sts.<domain>/.well-known/mta-sts.txt (RFC 8461 3.2). */
export interface MtaStsPolicyTags {
  /** Always `STSv1`; need not be given to format. */
  readonly version?: 'STSv1' | undefined
  /** Required to format. */
  readonly mode?: MtaStsMode | undefined
  /** Host names, or `*.` and a host name, in lower case and in the order of the file. */
  readonly mx: readonly string[]
  /** Seconds. */
  readonly max_age?: number | undefined
}
