import { type Finding, finding } from '../finding.ts'
import { isMxPattern, toAsciiMxPattern } from '../mta-sts/mx-match.ts'
import { longestMaxAge, type MtaStsMode, type MtaStsPolicyTags, mtaStsModes } from '../mta-sts/tags.ts'
import { RecordError } from '../record-error.ts'

/** A policy as people enter it: hosts in one line, the age in days. */
export interface HostedMtaStsInput {
  /** What senders do when the policy is not met. */
  readonly mode: string
  /** Host names in any script, separated by commas, or a list of them. */
  readonly mx: string | readonly string[]
  /** Whole days, 1 to 365. */
  readonly mxAgeDays: number
}

const daySeconds = 86_400
const mostDays = Math.floor(longestMaxAge / daySeconds)

/**
 * Turns such an order into the policy to publish. Throws RecordError with one finding for each field that is wrong, its
 * `tag` one of `mode`, `mx`, `mx_age`.
 */
export function hostedMtaStsPolicy(input: HostedMtaStsInput): MtaStsPolicyTags {
  const findings: Finding[] = []
  const mode = mtaStsModes.find((one) => one === input.mode)
  if (!mode) {
    const parts = {
      wrong: 'The mode is not known',
      found: input.mode,
      expected: mtaStsModes.join(', '),
      next: 'Start with testing.',
    }
    findings.push(finding('policy-mode', { start: 0, end: input.mode.length }, parts, 'mode'))
  }
  const mx = readHosts(input.mx, mode, findings)
  if (!Number.isInteger(input.mxAgeDays) || input.mxAgeDays < 1 || input.mxAgeDays > mostDays) {
    const found = String(input.mxAgeDays)
    const parts = {
      wrong: 'The age is not allowed',
      found,
      expected: `1 to ${mostDays} whole days`,
      next: 'Write 7 for a week.',
    }
    findings.push(finding('policy-max-age', { start: 0, end: found.length }, parts, 'mx_age'))
  }
  if (!mode || findings.length > 0) throw new RecordError('This MTA-STS policy cannot be hosted.', findings)
  return { version: 'STSv1', mode, mx, max_age: input.mxAgeDays * daySeconds }
}

function readHosts(mx: HostedMtaStsInput['mx'], mode: MtaStsMode | undefined, findings: Finding[]): string[] {
  const written = typeof mx === 'string' ? mx.split(',') : mx
  const hosts = [
    ...new Set(written.map((host) => toAsciiMxPattern(host.trim().replace(/\.$/, ''))).filter((host) => host !== '')),
  ]
  for (const host of hosts) {
    if (isMxPattern(host)) continue
    const parts = {
      wrong: 'A mail host is not allowed',
      found: host,
      expected: 'a host name, or *. and a host name',
      next: 'Write the names of the MX records, separated by commas.',
    }
    findings.push(finding('policy-mx-invalid', { start: 0, end: host.length }, parts, 'mx'))
  }
  if (hosts.length === 0 && mode !== undefined && mode !== 'none') {
    const parts = {
      wrong: 'There is no mail host',
      expected: 'at least one',
      next: 'Write the names of the MX records, or use mode none.',
    }
    findings.push(finding('policy-mx-missing', { start: 0, end: 0 }, parts, 'mx'))
  }
  return hosts
}
