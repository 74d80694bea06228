import { utcDay } from '../days.ts'
import { blockersFor, type Facts, passRate, subdomainsOf } from './judge.ts'
import { SourceGroups } from './sources.ts'
import {
  defaultRules,
  type Evidence,
  type EvidenceNumbers,
  type EvidenceReport,
  type EvidenceRow,
  type EvidenceRules,
  type EvidenceTarget,
  type SourceAnswer,
  type SourceEvidence,
  type TargetEvidence,
} from './types.ts'
import { daysAtLevel, daysBetween, daysOf, windowStart } from './window.ts'

export interface EvidenceInput {
  /** The policy domain, in lower case, A-labels. */
  readonly domain: string
  /** Trusted reports of the last 60 days at least, older ones for rule R1. Others are no evidence: leave them out. */
  readonly reports: readonly EvidenceReport[]
  /** Rows of those reports, over the last 60 days. */
  readonly rows: readonly EvidenceRow[]
  readonly answers?: ReadonlyMap<string, SourceAnswer>
  /** The owner presumes that candidates beyond the first 20 are not theirs. */
  readonly presumeRestNotMine?: boolean
  /** A parked domain sends no mail and needs no evidence. */
  readonly parked?: boolean
  /** The present, in milliseconds since 1970. */
  readonly now: number
  readonly rules?: Partial<EvidenceRules>
}

const mostCandidates = 20

/**
 * May the policy of a domain be tightened? Judges rows of trusted reports by rules R1 to R8 (README, "Rules of evidence"),
 * the same for rows of our server and of the vendor's API. Only tightening is judged: nothing here ever asks for a weaker
 * policy, since failing mail is free to send. Missing data blocks.
 */
export function judgeEvidence(input: EvidenceInput): Evidence {
  const rules = { ...defaultRules, ...input.rules }
  const today = utcDay(input.now / 1000)
  const answers = input.answers ?? new Map()
  const { recent, older } = byWindow(input.rows, today)
  const groups = new SourceGroups(answers)
  groups.add(recent)
  const windowDays = groups.ownMessages >= rules.messages ? 30 : 60
  if (windowDays === 60) groups.add(older)
  const { sources, ownRows, foreign } = groups.classed(rules)
  const all = sources.filter((source) => source.class === 'candidate').sort(byDaysThenMessages)
  const isOpen = ({ answer }: SourceEvidence): boolean => answer === undefined
  const candidates = all.slice(0, mostCandidates)
  const facts: Facts = {
    domain: input.domain,
    today,
    reports: input.reports.length,
    numbers: numbersOf(input.reports, sources, windowDays, today),
    sources,
    candidates: candidates.filter(isOpen),
    moreCandidates: input.presumeRestNotMine ? 0 : all.slice(mostCandidates).filter(isOpen).length,
    subdomains: subdomainsOf(input.domain, ownRows),
  }
  const target = (level: EvidenceTarget): TargetEvidence => {
    const blockers = input.parked ? [] : blockersFor(level, facts, rules)
    return { target: level, ready: blockers.length === 0, blockers }
  }
  return {
    domain: input.domain,
    computedAt: input.now,
    parked: input.parked ?? false,
    targets: { quarantine: target('quarantine'), reject: target('reject') },
    numbers: facts.numbers,
    sources,
    foreign,
    candidates,
    moreCandidates: facts.moreCandidates,
    subdomains: facts.subdomains,
  }
}

/** Rows of the last 30 days, and of the 30 before; all others are no evidence. */
function byWindow(rows: Iterable<EvidenceRow>, today: string): { recent: EvidenceRow[]; older: EvidenceRow[] } {
  const [from, olderFrom] = [windowStart(today, 30), windowStart(today, 60)]
  const [recent, older]: [EvidenceRow[], EvidenceRow[]] = [[], []]
  for (const row of rows) {
    if (row.day > today || row.day < olderFrom) continue
    if (row.day >= from) recent.push(row)
    else older.push(row)
  }
  return { recent, older }
}

function numbersOf(
  reports: readonly EvidenceReport[],
  sources: readonly SourceEvidence[],
  windowDays: number,
  today: string,
): EvidenceNumbers {
  const from = windowStart(today, 30)
  const covered = new Set<string>()
  const reporters = new Set<string>()
  let newest = ''
  for (const report of reports) {
    for (const day of daysOf(report)) {
      if (day > newest) newest = day
      if (day < from || day > today) continue
      covered.add(day)
      reporters.add(report.reporter)
    }
  }
  const forwarded = sources.filter((source) => source.class === 'forwarder')
  return {
    windowDays,
    daysCovered: covered.size,
    reporters: reporters.size,
    ...(newest === '' ? {} : { newestDays: Math.max(0, daysBetween(newest, today)) }),
    daysAtNone: daysAtLevel(reports, 0, today),
    daysAtQuarantine: daysAtLevel(reports, 1, today),
    own: ownNumbers(sources.filter((source) => source.class === 'own')),
    expectedLoss: Math.round(
      (forwarded.reduce((sum, source) => sum + source.messages - source.passed, 0) * 30) / windowDays,
    ),
  }
}

function ownNumbers(own: readonly SourceEvidence[]): EvidenceNumbers['own'] {
  const sum = (key: 'messages' | 'passed' | 'overridden' | 'passedByDkim'): number =>
    own.reduce((total, source) => total + source[key], 0)
  const [messages, passed] = [sum('messages'), sum('passed')]
  const rate = passRate({ messages, passed, overridden: sum('overridden') })
  return {
    messages,
    passed,
    ...(rate === undefined ? {} : { rate }),
    ...(passed > 0 ? { dkimShare: (sum('passedByDkim') / passed) * 100 } : {}),
  }
}

function byDaysThenMessages(a: SourceEvidence, b: SourceEvidence): number {
  return b.days - a.days || b.messages - a.messages || (a.id < b.id ? -1 : 1)
}
