import { reasonText } from '@dmarc-as-code/records/reasons'
import type { UtcDay } from '../days.ts'
import { Tally } from './sources.ts'
import type {
  Blocker,
  BlockerCode,
  EvidenceNumbers,
  EvidenceRow,
  EvidenceRules,
  EvidenceTarget,
  SourceEvidence,
  SubdomainEvidence,
} from './types.ts'
import { daysBetween } from './window.ts'

export interface Facts {
  readonly domain: string
  readonly today: UtcDay
  readonly reports: number
  readonly numbers: EvidenceNumbers
  readonly sources: readonly SourceEvidence[]
  readonly candidates: readonly SourceEvidence[]
  readonly moreCandidates: number
  readonly subdomains: readonly SubdomainEvidence[]
}

/** What keeps the policy from the target, in the order of the rules; empty where it may be published. */
export function blockersFor(target: EvidenceTarget, facts: Facts, rules: EvidenceRules): Blocker[] {
  if (facts.reports === 0) return [blocker('no-data', 'no report', 'trusted reports of 30 days')]
  return [
    ...timeBlockers(target, facts, rules),
    ...coverageBlockers(facts, rules),
    ...sourceBlockers(facts, rules),
    ...rateBlockers(target, facts, rules),
  ]
}

function timeBlockers(target: EvidenceTarget, { numbers }: Facts, rules: EvidenceRules): Blocker[] {
  const [below, days] =
    target === 'quarantine' ? ['none', numbers.daysAtNone] : ['quarantine', numbers.daysAtQuarantine]
  const wanted = rules.daysBefore[target]
  if (days >= wanted) return []
  return [blocker('time-too-short', `${days} days at ${below}`, `at least ${wanted} days at ${below}`)]
}

function coverageBlockers({ numbers }: Facts, rules: EvidenceRules): Blocker[] {
  const blockers: Blocker[] = []
  if (numbers.daysCovered < rules.daysCovered) {
    const found = `reports about ${numbers.daysCovered} of the last 30 days`
    blockers.push(blocker('coverage-low', found, `at least ${rules.daysCovered}`))
  }
  if (numbers.newestDays === undefined || numbers.newestDays > rules.newestAtMostDays) {
    const found = numbers.newestDays === undefined ? 'no report' : `the newest report is ${numbers.newestDays} days old`
    blockers.push(blocker('reports-overdue', found, `at most ${rules.newestAtMostDays} days`))
  }
  if (numbers.reporters < rules.reporters) {
    blockers.push(blocker('reporters-few', `${numbers.reporters} reporters`, `at least ${rules.reporters}`))
  }
  if (numbers.own.messages < rules.messages) {
    const found = `${numbers.own.messages} messages of own sources in ${numbers.windowDays} days`
    blockers.push(blocker('volume-low', found, `at least ${rules.messages}`))
  }
  return blockers
}

function sourceBlockers(facts: Facts, rules: EvidenceRules): Blocker[] {
  const blockers: Blocker[] = []
  const open = facts.candidates.filter(({ answer }) => answer === undefined)
  if (open.length + facts.moreCandidates > 0) {
    const found = `${open.length + facts.moreCandidates} sources without an answer`
    const about = open.map(({ id }) => id)
    blockers.push(blocker('candidates-unanswered', found, 'an answer for each', about))
  }
  const fresh = facts.sources.filter(
    (source) => source.class === 'own' && daysBetween(source.firstDay, facts.today) < rules.ownSourceDays,
  )
  if (fresh.length > 0) {
    const found = `${fresh.length} own sources first seen less than ${rules.ownSourceDays} days ago`
    const about = fresh.map(({ id }) => id)
    blockers.push(blocker('own-source-new', found, `at least ${rules.ownSourceDays} days`, about))
  }
  return blockers
}

function rateBlockers(target: EvidenceTarget, facts: Facts, rules: EvidenceRules): Blocker[] {
  const blockers: Blocker[] = []
  const { rate, dkimShare } = facts.numbers.own
  if (rate !== undefined && rate < rules.rate[target]) {
    blockers.push(blocker('rate-low', `${shown(rate)} of own mail passes`, `at least ${rules.rate[target]} %`))
  }
  const failing = facts.sources.filter((source) => source.class === 'own' && isLow(source, rules))
  if (failing.length > 0) {
    const found = failing.map((source) => `${shown(passRate(source))} at ${source.id.replace(/^\w+:/, '')}`).join(', ')
    const about = failing.map(({ id }) => id)
    blockers.push(blocker('source-rate-low', found, `at least ${rules.sourceRate} % each`, about))
  }
  if (target === 'reject' && dkimShare !== undefined && dkimShare < rules.dkimShare) {
    const found = `${shown(dkimShare)} of own mail that passes is signed`
    blockers.push(blocker('dkim-share-low', found, `at least ${rules.dkimShare} %`))
  }
  const below = facts.subdomains.filter((subdomain) => isLow({ ...subdomain, overridden: 0 }, rules))
  if (below.length > 0) {
    const found = below.map((one) => `${shown(passRate({ ...one, overridden: 0 }))} at ${one.headerFrom}`).join(', ')
    const about = below.map(({ headerFrom }) => headerFrom)
    blockers.push(blocker('subdomain-rate-low', found, `at least ${rules.sourceRate} % each`, about))
  }
  return blockers
}

type Counts = Pick<SourceEvidence, 'messages' | 'passed' | 'overridden'>

/** R7: what a receiver overrode with a reason is no failure. Undefined without messages to judge by. */
export function passRate({ messages, passed, overridden }: Counts): number | undefined {
  const judged = messages - overridden
  return judged > 0 ? (passed / judged) * 100 : undefined
}

function isLow(counts: Counts, rules: EvidenceRules): boolean {
  const rate = passRate(counts)
  return counts.messages > rules.sourceMessages && rate !== undefined && rate < rules.sourceRate
}

/** From domains below the policy domain, over rows of own sources. */
export function subdomainsOf(domain: string, ownRows: readonly EvidenceRow[]): SubdomainEvidence[] {
  const tallies = new Map<string, Tally>()
  for (const row of ownRows) {
    if (!row.headerFrom.endsWith(`.${domain}`)) continue
    const tally = tallies.get(row.headerFrom) ?? new Tally()
    tally.add(row)
    tallies.set(row.headerFrom, tally)
  }
  return [...tallies]
    .map(([headerFrom, tally]) => ({
      headerFrom,
      messages: tally.messages - tally.overridden,
      passed: tally.passed,
    }))
    .sort((a, b) => b.messages - a.messages || (a.headerFrom < b.headerFrom ? -1 : 1))
}

/** Rounded down, so that 97.96 % is never shown as the 98 % it is not. */
function shown(rate: number | undefined): string {
  return rate === undefined ? 'nothing' : `${Math.floor(rate * 10) / 10} %`
}

function blocker(code: BlockerCode, found: string, expected: string, about: readonly string[] = []): Blocker {
  return { code, found, expected, fix: reasonText('policy_blocker', code).fix, about }
}
