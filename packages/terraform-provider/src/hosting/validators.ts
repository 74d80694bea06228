import {
  isFailureOptions as areFailureOptions,
  isMxPattern as isPattern,
  parseConsent,
  parseDomainName,
  reportUriOf,
} from '@dmarc-as-code/records'
import { parseDuration, type Validator } from '@dmarc-as-code/terraform-plugin'

/** A mail domain, in its own script or as A-labels. */
export const isDomainName: Validator<string> = (value) => {
  const parsed = parseDomainName(value)
  return parsed.ok ? undefined : parsed.finding.message
}

/** Any name in the DNS that a CNAME can have or point to; labels may begin with an underscore. */
export const isRecordName: Validator<string> = (value) =>
  value.length <= 254 && /^([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)+[A-Za-z0-9_-]{1,63}\.?$/.test(value)
    ? undefined
    : `Found "${value}", expected a fully qualified DNS name such as "_dmarc.example.com".`

export const isFailureOptions: Validator<string> = (value) =>
  areFailureOptions(value)
    ? undefined
    : `Found "${value}", expected 0, 1, d, s, or several separated by colons, such as "1:d".`

export const isMxPattern: Validator<string> = (value) =>
  isPattern(value.trim().toLowerCase().replace(/\.$/, ''))
    ? undefined
    : `Found "${value}", expected a host name such as "mx1.example.com" or "*.example.com".`

const isDuration: Validator<string> = (value) =>
  parseDuration(value) === undefined
    ? `Found "${value}", expected a duration such as "168h", "30m" or "0s".`
    : undefined

/** The longest age that an MTA-STS policy can have, a year: nothing is cached for longer. */
const LONGEST_RETIREMENT_MS = 366 * 24 * 60 * 60 * 1000

/** How long the records of a policy stay. */
export const isRetirement: Validator<string> = (value, context) =>
  (parseDuration(value) ?? 0) > LONGEST_RETIREMENT_MS
    ? `Found "${value}", expected at most "8784h", a year: senders cache no policy for longer.`
    : isDuration(value, context)

/** A reason in words why protection may become weaker. */
export const isConsent: Validator<string> = (value) => {
  const parsed = parseConsent(value)
  return parsed.ok ? undefined : parsed.finding.message
}

/** An e-mail address or a report URI. */
export const isReportAddress: Validator<string> = (value) => {
  try {
    reportUriOf(value)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** A day as in ISO 8601, without a time. */
export const isUtcDay: Validator<string> = (value) => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
  // JavaScript takes 31 February for the 3rd of March.
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
  return exists ? undefined : `Found "${value}", expected a day such as "2026-03-01".`
}
