import { canonicalIp } from '../ip-address.ts'
import { type ReadOutcome, ReportFault, Warnings } from '../outcome.ts'
import { headerFields } from './fields.ts'
import type { FailureReport, HeaderField } from './types.ts'

export interface FailureParts {
  /** Text of the part `message/feedback-report`. */
  readonly feedback: string
  /** Text of the part `message/rfc822` or `text/rfc822-headers`; its body is not looked at. */
  readonly original?: string
}

export interface ReadFailureOptions {
  readonly warnings?: Warnings
  /**
   * Makes a local part unreadable while equal ones stay equal, such as a keyed hash (RFC 6590). Local parts are kept as
   * they are without it.
   */
  readonly hideLocalPart?: (localPart: string) => string
}

/** What a header may hold of the message's content or of people, beyond addresses: not kept. */
const droppedHeaders = new Set(['dkim-canonicalized-header', 'dkim-canonicalized-body', 'original-envelope-id'])
const largestIncidents = 4_294_967_295

/** Reads the parts of a failure report (RFC 5965, 6591, 9991). Unknown fields are ignored (RFC 5965 section 6). */
export function readFailure(parts: FailureParts, options: ReadFailureOptions = {}): ReadOutcome<FailureReport> {
  const warnings = options.warnings ?? new Warnings()
  try {
    return { ok: true, report: read(parts, warnings, options.hideLocalPart), warnings: warnings.all }
  } catch (error) {
    if (!(error instanceof ReportFault)) throw error
    return { ok: false, problem: error.problem, warnings: warnings.all }
  }
}

function read(parts: FailureParts, warnings: Warnings, hide: ReadFailureOptions['hideLocalPart']): FailureReport {
  const fields = headerFields(parts.feedback)
  const type = first(fields, 'feedback-type')
  if (type === undefined) throw new ReportFault('feedback-type-missing')
  if (withoutComment(type) !== 'auth-failure') throw new ReportFault('feedback-type-other', withoutComment(type))
  const headers = originalHeaders(parts.original, warnings, hide)
  const identityAlignment = first(fields, 'identity-alignment')
  if (identityAlignment !== undefined) warnings.add('alignment-ambiguous', identityAlignment)
  const hidden = (address: string | undefined): string | undefined =>
    address === undefined ? undefined : hideAddresses(address.replace(/^<(.*)>$/, '$1'), hide)
  const incidents = Number(first(fields, 'incidents') ?? 1)
  const arrival = Date.parse(first(fields, 'arrival-date') ?? first(fields, 'received-date') ?? '')
  const optional = {
    userAgent: first(fields, 'user-agent'),
    authenticationResults: hidden(first(fields, 'authentication-results')),
    identityAlignment,
    sourceIp: canonicalIp((first(fields, 'source-ip') ?? '').split(/\s/)[0] ?? ''),
    originalMailFrom: hidden(first(fields, 'original-mail-from')),
    arrivalDate: Number.isNaN(arrival) ? undefined : arrival,
    deliveryResult: first(fields, 'delivery-result')?.toLowerCase(),
    reportingMta: first(fields, 'reporting-mta'),
    dkimDomain: first(fields, 'dkim-domain')?.toLowerCase(),
    dkimSelector: first(fields, 'dkim-selector'),
    headerFrom: fromDomain(headers),
  }
  return {
    kind: 'failure',
    authFailure: withoutComment(first(fields, 'auth-failure') ?? 'dmarc'),
    reportedDomains: every(fields, 'reported-domain').map((domain) => domain.toLowerCase()),
    originalRcptTo: every(fields, 'original-rcpt-to').map((address) => hidden(address) as string),
    incidents: Number.isInteger(incidents) && incidents >= 1 && incidents <= largestIncidents ? incidents : 1,
    spfDns: every(fields, 'spf-dns'),
    headers,
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ) as Partial<FailureReport>),
  }
}

function originalHeaders(
  original: string | undefined,
  warnings: Warnings,
  hide: ReadFailureOptions['hideLocalPart'],
): HeaderField[] {
  const fields = original === undefined ? [] : headerFields(original)
  if (fields.length === 0) warnings.add('original-missing')
  return fields
    .filter(({ name }) => !droppedHeaders.has(name.toLowerCase()))
    .map(({ name, value }) => ({ name, value: hideAddresses(value, hide) }))
}

function hideAddresses(text: string, hide: ReadFailureOptions['hideLocalPart']): string {
  if (!hide) return text
  return text.replace(
    /([^\s<>,;:"()@]{1,64})@([\w.-]{1,253})/g,
    (_, local: string, domain: string) => `${hide(local)}@${domain}`,
  )
}

function fromDomain(headers: readonly HeaderField[]): string | undefined {
  const from = first(headers, 'from')
  const domain = from === undefined ? undefined : [...from.matchAll(/@([\w.-]{1,253})/g)].at(-1)?.[1]
  return domain?.toLowerCase().replace(/\.$/, '')
}

function every(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name.toLowerCase() === name).map((field) => field.value)
}

function first(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name.toLowerCase() === name)?.value
}

function withoutComment(value: string): string {
  return value
    .replace(/\([^)]*\)/g, '')
    .trim()
    .toLowerCase()
}
