import { eachLimited, printable, textTable } from '@dmarc-as-code/primitives'
import { createPolicyFetcher } from '../verify/policy-fetch.ts'
import type { Arguments } from './arguments.ts'
import { openResolver, readDomains } from './context.ts'
import { FleetZones } from './fleet-zones.ts'
import { forPeople } from './for-people.ts'
import { readRecords } from './inputs.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { type DomainReport, lookAtDomain, type RecordReport } from './look.ts'
import { startProgress } from './progress.ts'

/** `check`: looks, reports, and changes nothing. */
export async function check(args: Arguments, io: Io): Promise<ExitCode> {
  const domains = await readDomains(args, io)
  if (domains.length === 0) throw new UsageError('check needs a domain, or --fleet FILE.')
  const wanted = await readRecords({ cnames: args.cnames, file: args.records }, io)
  const { resolver, close } = openResolver(args, io, domains.length > 20)
  const many = domains.length > 1
  const progress = startProgress(io, domains.length, 'domains')
  const width = Math.max(...domains.map((domain) => forPeople(domain).length), 'DOMAIN'.length)
  const counts = { ok: 0, attention: 0, failed: 0 }
  if (many && !args.json)
    io.out(`${fleetRow(width, ['DOMAIN', 'DMARC', 'POLICY', 'STS-ID', 'TLS-RPT', 'HOSTED AT'])}\n`)
  try {
    const wantedByName = new Map(wanted.map((record) => [record.name, record]))
    const policies = args.fetch ? (io.policies ?? createPolicyFetcher()) : undefined
    const options = {
      resolver,
      zones: many ? new FleetZones() : undefined,
      wanted: wantedByName,
      policies,
      signal: io.signal,
      ...(io.clock ? { clock: io.clock } : {}),
    }
    const reports = eachLimited(
      domains,
      args.concurrency,
      (domain, _, signal) => lookAtDomain(domain, { ...options, signal }),
      { signal: io.signal },
    )
    for await (const { result: report } of reports) {
      counts[report.error === undefined ? (report.ok ? 'ok' : 'attention') : 'failed']++
      if (args.json) io.out(`${JSON.stringify(report, null, many ? undefined : 2)}\n`)
      else io.out(`${many ? fleetLine(report, width) : forPeople(describe(report))}\n`)
      progress.step()
    }
  } finally {
    progress.end()
    close()
  }
  if (many && !args.json) {
    io.out(`${counts.ok} right, ${counts.attention} need attention, ${counts.failed} could not be looked at.\n`)
  }
  if (counts.failed > 0) return exitCodes.failed
  return counts.attention > 0 ? exitCodes.attention : exitCodes.ok
}

function describe(report: DomainReport): string {
  if (report.error !== undefined) return `${report.domain}: ${printable(report.error)}`
  if (report.zone === undefined) {
    const [first] = report.records
    return `${report.domain}: ${printable(`${first?.message ?? ''} ${first?.fix ?? ''}`.trim())}`
  }
  const lines = [
    `${report.domain} lies in zone ${report.zone}, hosted at ${report.service?.title ?? 'a service this tool does not know'}` +
      `${report.nameServers?.length ? ` (${report.nameServers.join(', ')})` : ''}.`,
  ]
  if (report.delegationMatches === false) {
    lines.push('Its parent zone delegates to other servers than the zone names; changes may not be seen by everyone.')
  }
  const targets = report.records.some((record) => record.expected)
  lines.push(
    '',
    ...textTable(
      ['RECORD', 'STATUS', ...(targets ? ['EXPECTED'] : []), 'FOUND'],
      report.records.map((record) => [
        forPeople(record.name),
        statusText(record),
        ...(targets ? [forPeople(record.expected ?? '-')] : []),
        forPeople(foundText(record)),
      ]),
    ),
  )
  const open = report.records.filter((record) => record.status !== 'verified' && record.status !== 'present')
  if (open.length > 0) lines.push('')
  for (const record of open) {
    lines.push(`${record.name}: ${printable(record.message)}${record.fix ? ` ${printable(record.fix)}` : ''}`)
  }
  return lines.join('\n')
}

const statusText = (record: RecordReport) => (record.reason ? `${record.status} (${record.reason})` : record.status)

function foundText({ found }: RecordReport): string {
  if (found.length === 0) return '-'
  return found.map(({ type, value }) => `${type} ${value}`).join(', ')
}

const columns = ['dmarc', 'mta_sts_policy', 'mta_sts_id', 'tls_rpt'] as const

function fleetLine(report: DomainReport, width: number): string {
  if (report.error !== undefined)
    return fleetRow(width, [forPeople(report.domain), 'failed', forPeople(printable(report.error))])
  const cells = columns.map((kind) => report.records.find((record) => record.kind === kind)?.status ?? '-')
  return fleetRow(width, [forPeople(report.domain), ...cells, report.service?.title ?? '?'])
}

function fleetRow(width: number, [domain = '', ...cells]: string[]): string {
  return `${domain.padEnd(width)}  ${cells.map((cell) => cell.padEnd('awaiting_setup'.length)).join('  ')}`.trimEnd()
}
