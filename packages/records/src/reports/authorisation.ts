import { parseDmarc } from '../dmarc/parse.ts'
import { dmarcVersion } from '../dmarc/values.ts'
import { type Finding, finding } from '../finding.ts'
import { parseDomainName } from '../names/domain-name.ts'
import { longestName } from '../names/labels.ts'
import type { TxtValue } from '../parsed.ts'
import { RecordError } from '../record-error.ts'
import { parseReportUri, type ReportUri } from '../uri/report-uri.ts'

/** Options of `reportAuthorisationName`. */
export interface ReportAuthorisationOptions {
  /**
   * The organisational domain of a host, as found by `discoverDmarc`. Without it two names count as one organisation
   * only when they are equal or one is below the other; siblings are then asked for an authorisation they may not need.
   */
  readonly organisationalDomain?: (host: string) => string
}

/**
 * The name whose TXT must allow reports about `policyDomain` to go to `uri` (RFC 9990 4), or null when both are one
 * organisation and nothing is asked. Throws RecordError when the domain or the URI is wrong, or the name passes the DNS
 * limit: reporters then send nothing.
 */
export function reportAuthorisationName(
  policyDomain: string,
  uri: string,
  options: ReportAuthorisationOptions = {},
): string | null {
  const domain = parseDomainName(policyDomain)
  if (!domain.ok) throw new RecordError('The policy domain is not a domain name.', [domain.finding])
  const target = reportUri(uri)
  const host = target.host
  // Only mailto and https carry a host that can answer; reporters use no other scheme (RFC 9990 3.5).
  if (host === undefined) throw new RecordError('Nobody can authorise this address.', [noHost(uri)])
  const sameOrganisation = options.organisationalDomain
    ? options.organisationalDomain(domain.ascii) === options.organisationalDomain(host)
    : isAtOrBelow(domain.ascii, host) || isAtOrBelow(host, domain.ascii)
  if (sameOrganisation) return null
  const name = `${domain.ascii}._report._dmarc.${host}`
  if (name.length > longestName) {
    const parts = {
      wrong: `The name to ask has ${name.length} characters`,
      found: name,
      expected: `at most ${longestName}`,
      next: 'Use a report address on a shorter host.',
    }
    throw new RecordError('Reports to this address cannot be authorised.', [
      finding('report-name-long', { start: 0, end: uri.length }, parts),
    ])
  }
  return name
}

/** The one record that allows reports about every domain to go to a host. Never add specific ones beside it: RFC 4592 makes them hide the wildcard. */
export function reportAuthorisationWildcard(host: string): { readonly name: string; readonly value: string } {
  const parsed = parseDomainName(host)
  if (!parsed.ok) throw new RecordError('The report host is not a domain name.', [parsed.finding])
  return { name: `*._report._dmarc.${parsed.ascii}`, value: `v=${dmarcVersion.word};` }
}

/** Whether a host accepts reports about a domain. */
export interface ReportAuthorisation {
  /** False: the URI must be ignored. */
  readonly authorised: boolean
  /** The addresses the host wants instead; null where it names none. */
  readonly rua: readonly string[] | null
  /** Why not; empty where it does. */
  readonly errors: readonly Finding[]
}

/** Judges the TXT values found at the authorisation name (RFC 9990 4): one must begin with v=DMARC1. Never throws for DNS data. */
export function parseReportAuthorisation(values: readonly TxtValue[], uri: string): ReportAuthorisation {
  const target = reportUri(uri)
  const records = (Array.isArray(values) ? values : []).map(parseDmarc).filter((one) => one.tags.v !== undefined)
  if (records.length === 0) {
    const parts = {
      wrong: 'The host of the address does not allow these reports',
      expected: 'a TXT that begins with v=DMARC1',
      next: 'Ask its owner to publish one.',
    }
    return { authorised: false, rua: null, errors: [finding('record-missing', { start: 0, end: 0 }, parts)] }
  }
  const wanted = records.flatMap((one) => one.tags.rua ?? [])
  const moved = wanted.filter((one) => reportUri(one).host !== target.host)
  if (moved.length > 0) {
    const expected = `an address at ${target.host ?? 'the same host'}`
    const parts = {
      wrong: 'The authorisation redirects reports to another host',
      found: moved.join(','),
      expected,
      next: 'Keep the host.',
    }
    return { authorised: false, rua: null, errors: [finding('report-host-changed', { start: 0, end: 0 }, parts)] }
  }
  return { authorised: true, rua: wanted.length > 0 ? wanted : null, errors: [] }
}

function reportUri(uri: string): ReportUri {
  const parsed = parseReportUri(uri)
  if (!parsed.ok) throw new RecordError('The report address is wrong.', [parsed.finding])
  return parsed.value
}

function noHost(uri: string): Finding {
  const parts = {
    wrong: 'The address has no host',
    found: uri,
    expected: 'mailto: and an address',
    next: 'Use mailto:.',
  }
  return finding('uri-invalid', { start: 0, end: uri.length }, parts)
}

/** Both in lower case; compared by label, so that `notexample.com` is not below `example.com`. */
function isAtOrBelow(name: string, ancestor: string): boolean {
  return name === ancestor || name.endsWith(`.${ancestor}`)
}
