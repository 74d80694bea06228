import { plural, t } from '../../shared/messages/messages.ts'
import { reportReason } from '../../shared/messages/report-reason.ts'
import type { DmarcPolicy } from '../../shared/model.ts'
import type { EvidenceLevel, EvidenceNumbers, ReportsView } from '../../shared/reports.ts'
import { Message } from '../parts/message.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { percent } from './percent.ts'

/** The conditions of the levels that are still ahead, each met or not, and what to do about it. */
export function Levels({ view, policy }: { view: ReportsView; policy: DmarcPolicy | undefined }) {
  const ahead = view.levels.filter(
    ({ target }) => policy !== 'reject' && !(policy === 'quarantine' && target === policy),
  )
  if (ahead.length === 0) return null
  return (
    <section className="card" aria-label={t('Conditions')}>
      {ahead.map((level) => (
        <Level key={level.target} level={level} />
      ))}
    </section>
  )
}

interface LevelProps {
  readonly level: EvidenceLevel
  /** One below what it stands in. */
  readonly heading?: 'h2' | 'h4'
}

/** The conditions of one level. */
export function Level({ level, heading: Heading = 'h2' }: LevelProps) {
  const { target, blockers, numbers, parked } = level
  return (
    <section aria-labelledby={`level-${target}`}>
      <Heading id={`level-${target}`}>{target === 'quarantine' ? t('Quarantine') : t('Reject')}</Heading>
      {parked ? <p>{t('A parked domain sends no mail and needs no evidence.')}</p> : null}
      <ul className="conditions">
        {numbers
          ? conditionsMet(level, numbers).map((text) => (
              <li key={text}>
                <StateMark state="ready" bare />
                <span>
                  <span className="hidden">{t('met:')} </span>
                  {text}
                </span>
              </li>
            ))
          : null}
        {blockers.map(({ code, about }) => (
          <li key={code}>
            <StateMark state="attention" bare />
            <span>
              <span className="hidden">{t('not met:')} </span>
              <Blocker code={code} about={about} numbers={numbers} target={target} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface BlockerProps {
  readonly code: string
  readonly about: readonly string[]
  readonly numbers: EvidenceNumbers | null
  readonly target: EvidenceLevel['target']
}

function Blocker({ code, about, numbers, target }: BlockerProps) {
  const reason = reportReason('policy_blocker', code)
  const fact = numbers ? factOf(code, about, numbers, target) : undefined
  return (
    <>
      {reason?.title ?? code}
      {fact === undefined ? null : <span className="muted"> · {fact}</span>}
      {reason ? (
        <span className="muted condition-fix">
          <Message text={reason.fix} />
        </span>
      ) : null}
    </>
  )
}

const shownNames = 3
const namesOf = (ids: readonly string[]) => {
  const names = ids.slice(0, shownNames).map((id) => id.replace(/^\w+:/, ''))
  return [...names, ...(ids.length > shownNames ? ['…'] : [])].join(', ')
}

/** The number behind a condition that is not met. */
function factOf(
  code: string,
  about: readonly string[],
  numbers: EvidenceNumbers,
  target: EvidenceLevel['target'],
): string | undefined {
  switch (code) {
    case 'time-too-short':
      return timeAt(target, numbers)
    case 'coverage-low':
      return coverage(numbers)
    case 'reporters-few':
      return plural('{count} reporter|{count} reporters', numbers.reporters)
    case 'reports-overdue':
      return numbers.newestDays === null
        ? undefined
        : plural('the newest is {count} day old|the newest is {count} days old', numbers.newestDays)
    case 'volume-low':
      return plural('{count} message of yours|{count} messages of yours', numbers.ownMessages)
    case 'candidates-unanswered':
      return plural('{count} sender to answer|{count} senders to answer', about.length)
    case 'rate-low':
      return numbers.ownRate === null
        ? undefined
        : t('{rate} % of your mail passes', { rate: percent(numbers.ownRate) })
    case 'dkim-share-low':
      return signed(numbers)
    default:
      return about.length > 0 ? namesOf(about) : undefined
  }
}

/** The sentence of each condition, with the codes that say that it is not met. */
function conditionsMet({ target, blockers }: EvidenceLevel, numbers: EvidenceNumbers): string[] {
  const has = (...codes: string[]) => blockers.some(({ code }) => codes.includes(code))
  const lines: (string | undefined)[] = [
    has('time-too-short', 'no-data') ? undefined : timeAt(target, numbers),
    has('no-data', 'coverage-low', 'reports-overdue', 'reporters-few') ? undefined : coverage(numbers),
    has('rate-low', 'source-rate-low', 'subdomain-rate-low') || numbers.ownRate === null
      ? undefined
      : t('{rate} % of your mail passes', { rate: percent(numbers.ownRate) }),
    has('own-source-new', 'no-data') ? undefined : t('No new source of yours'),
    has('candidates-unanswered', 'no-data') ? undefined : t('Every sender is answered'),
    target === 'reject' && !has('dkim-share-low') ? signed(numbers) : undefined,
  ]
  return lines.filter((line) => line !== undefined)
}

function timeAt(target: EvidenceLevel['target'], { daysAtNone, daysAtQuarantine }: EvidenceNumbers): string {
  return target === 'quarantine'
    ? plural('{count} day at none|{count} days at none', daysAtNone)
    : plural('{count} day at quarantine|{count} days at quarantine', daysAtQuarantine)
}

function coverage({ daysCovered, windowDays, reporters }: EvidenceNumbers): string {
  return plural(
    'Reports on {days} of {window} days, {count} reporter|Reports on {days} of {window} days, {count} reporters',
    reporters,
    { days: daysCovered, window: windowDays },
  )
}

function signed({ dkimShare }: EvidenceNumbers): string | undefined {
  return dkimShare === null ? undefined : t('{share} % of it is signed', { share: percent(dkimShare) })
}
