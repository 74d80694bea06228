import { printable, textTable } from '@dmarc-as-code/primitives'
import { parseDmarc, selectDmarc } from '@dmarc-as-code/records'
import type { SourceAnswer } from '@dmarc-as-code/reports'
import { mailView } from '../effect/mail-view.ts'
import { DnsInputError } from '../errors.ts'
import { type EvidenceAnswer, evidenceAnswer, nextTarget, withNextRecord } from '../evidence/answer.ts'
import { EvidenceCollector } from '../evidence/collect.ts'
import { filesAt, reportsIn } from '../evidence/report-files.ts'
import type { Arguments } from './arguments.ts'
import { openResolver } from './context.ts'
import { forPeople } from './for-people.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { parseDomain } from './names.ts'
import { startProgress } from './progress.ts'

/** `evidence`: whether the policy of a domain may be tightened, by the reports in files. Reads only. */
export async function evidence(args: Arguments, io: Io): Promise<ExitCode> {
  const [name, ...more] = args.names
  if (name === undefined || more.length > 0 || args.reports.length === 0) {
    throw new UsageError('evidence needs one domain, and --reports FILE or FOLDER.')
  }
  if (args.record !== undefined && parseDmarc(args.record).effective === null) {
    throw new UsageError('--record is no DMARC record; expected "v=DMARC1; p=..." as it stands at _dmarc.')
  }
  const domain = parseDomain(name, 'The argument')
  const answers = answersOf(args)
  const now = (io.clock ?? Date.now)()
  const collected = await collect(domain, args, io, now)
  const question = {
    domain,
    target: args.target ?? nextTarget(collected.currentPolicy),
    answers,
    presumeRestNotMine: args.presumeRestNotMine,
    parked: args.parked,
    now,
  }
  const judged = evidenceAnswer(collected, question)
  const wanted = judged.ready && judged.target !== 'mta_sts_enforce'
  const current = wanted ? (args.record ?? (await liveRecord(domain, args, io))) : null
  const answer = withNextRecord(judged, current)
  io.out(args.json ? `${JSON.stringify(answer, null, 2)}\n` : `${forPeople(evidenceText(answer))}\n`)
  return answer.ready ? exitCodes.ok : exitCodes.attention
}

function answersOf({ mine, notMine }: Arguments): Map<string, SourceAnswer> {
  const both = mine.find((id) => notMine.includes(id))
  if (both !== undefined) throw new UsageError('A source is given as --mine and as --not-mine.')
  return new Map([...mine.map((id) => [id, 'mine'] as const), ...notMine.map((id) => [id, 'not_mine'] as const)])
}

async function collect(domain: string, { reports }: Arguments, io: Io, now: number): Promise<EvidenceCollector> {
  const files = await filesAt(reports).catch((error) => {
    throw error instanceof DnsInputError ? new UsageError(error.message, { cause: error }) : error
  })
  const collected = new EvidenceCollector(domain, now)
  const progress = startProgress(io, files.length, 'files')
  try {
    for (const file of files) {
      for await (const report of reportsIn(file, { clock: io.clock ?? Date.now, signal: io.signal }))
        collected.add(report)
      progress.step()
    }
  } finally {
    progress.end()
  }
  return collected
}

/** The domain's own record now; null where there is none, or it cannot be read. */
async function liveRecord(domain: string, args: Arguments, io: Io): Promise<string | null> {
  const { resolver, close } = openResolver(args, io)
  try {
    const found = await mailView(resolver, { signal: io.signal }).texts(`_dmarc.${domain}`)
    return 'value' in found ? (selectDmarc(found.value).record?.text ?? null) : null
  } finally {
    close()
  }
}

const targetTexts = { quarantine: 'p=quarantine', reject: 'p=reject', mta_sts_enforce: 'MTA-STS mode enforce' } as const

function evidenceText(answer: EvidenceAnswer): string {
  const { domain, target, ready, blockers, files, current_policy, next_record, dmarc } = answer
  const goal = targetTexts[target]
  const lines = [
    ready
      ? `${domain} is ready for ${goal}.`
      : `${domain} is not ready for ${goal}: ${blockers.length} ${blockers.length === 1 ? 'thing is' : 'things are'} missing.`,
  ]
  if (current_policy === target) lines.push(`The newest report saw ${goal} published already.`)
  for (const { code, found, expected, fix, about } of blockers) {
    lines.push('', `${code}: found ${printable(found)}, expected ${printable(expected)}. ${printable(fix)}`)
    for (const id of about) lines.push(`  ${printable(id)}`)
  }
  if (ready && target !== 'mta_sts_enforce') {
    lines.push(
      '',
      next_record === null
        ? `The record at _dmarc.${domain} is missing or could not be read; give it with --record to see the next one.`
        : `Next record: ${printable(next_record)}`,
    )
  }
  if (dmarc) lines.push(...sourceLines(dmarc))
  lines.push('', filesText(answer))
  for (const { path, code, message } of files.problems.slice(0, mostProblems)) {
    lines.push(`  ${printable(path)}: ${printable(message)} (${code})`)
  }
  const more = files.problems.length - mostProblems
  if (more > 0) lines.push(`  and ${more} more, see --json`)
  return lines.join('\n')
}

const mostProblems = 20
const mostSources = 20

function sourceLines({ numbers, sources, foreign, candidates }: NonNullable<EvidenceAnswer['dmarc']>): string[] {
  if (sources.length === 0) return []
  const rows = sources
    .slice(0, mostSources)
    .map((source) => [source.class, printable(source.id), `${source.messages}`, `${source.passed}`, `${source.days}`])
  const open = candidates.filter(({ kind }) => kind === null)
  return [
    '',
    ...textTable(['CLASS', 'SOURCE', 'MESSAGES', 'PASSED', 'DAYS'], rows),
    ...(sources.length > mostSources ? [`and ${sources.length - mostSources} more, see --json`] : []),
    ...(foreign.sources > 0
      ? [`${foreign.messages} messages of ${foreign.sources} other sources authenticate as nobody and do not count.`]
      : []),
    ...(numbers.expected_loss > 0
      ? [
          `About ${numbers.expected_loss} messages a month fail after forwarding, and are lost once the policy is enforced.`,
        ]
      : []),
    ...(open.length > 0 ? ['', `Yours or not? Answer each with --mine ID or --not-mine ID:`] : []),
    ...open.map(({ id, messages, days }) => `  ${printable(id)} (${messages} messages on ${days} days)`),
  ]
}

function filesText({ files: { reports, duplicates, others, problems } }: EvidenceAnswer): string {
  const parts = [
    `${reports} reports about the domain`,
    ...(duplicates > 0 ? [`${duplicates} repeated`] : []),
    ...(others > 0 ? [`${others} about other domains or of other kinds`] : []),
    ...(problems.length > 0 ? [`${problems.length} that could not be read`] : []),
  ]
  return `${parts.join(', ')}. They are taken as genuine: keep only those whose mail passed DMARC for the reporter's domain.`
}
