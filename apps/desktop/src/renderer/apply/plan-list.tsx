import type { ApplyDomain, ApplyPhase, ConflictChoice, PlanItem } from '../../shared/apply.ts'
import type { ProblemAction } from '../../shared/problems.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { Choices } from '../parts/fields.tsx'
import { Message } from '../parts/message.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import { Outcome } from './outcome.tsx'

interface PlanListProps {
  readonly domain: ApplyDomain
  readonly phase: ApplyPhase
  readonly choices: Readonly<Record<string, ConflictChoice>>
  readonly onChoose: (id: string, choice: ConflictChoice) => void
  readonly onLookAgain: () => void
  readonly busy: boolean
}

/** The problems whose button reads the zone again. */
const lookHelps: ReadonlySet<ProblemAction> = new Set(['retry', 'check-again', 'unlock-keyring'])

/** One domain of the plan: what would be written, what is in the way, or the lines to paste. */
export function PlanList({ domain, phase, choices, onChoose, onLookAgain, busy }: PlanListProps) {
  const { zone } = domain
  const manual = zone?.manual || (!zone && domain.problem !== undefined)
  return (
    <article className="card" aria-label={domain.title}>
      <header>
        <h2>{domain.title}</h2>
        {zone ? (
          <p className="muted">
            {manual ? 'manual changes in zone' : 'zone'} <span className="mono">{zone.zone}</span>, hosted by{' '}
            {zone.serviceTitle}
          </p>
        ) : null}
      </header>
      {domain.problem ? (
        <ProblemCard
          problem={domain.problem}
          busy={busy}
          onAction={phase === 'confirm' && lookHelps.has(domain.problem.action) ? onLookAgain : undefined}
        />
      ) : null}
      {phase === 'reading' && domain.items.length === 0 ? (
        <div className="plan-to-come" aria-hidden="true">
          <span className="skeleton-line w2" />
          <span className="skeleton-line w1" />
        </div>
      ) : null}
      {zone?.hasDomainConnect && phase === 'confirm' ? (
        <DomainConnect domain={domain} service={zone.serviceTitle} />
      ) : null}
      {manual && phase === 'confirm' ? (
        <p>Add these records at your DNS service, then choose "I have added them".</p>
      ) : null}
      <ul className="plan">
        {domain.items.map((item) => (
          <PlanRow
            key={item.id}
            item={item}
            manual={manual ?? false}
            phase={phase}
            choice={choices[item.id] ?? 'keep'}
            onChoose={(choice) => onChoose(item.id, choice)}
          />
        ))}
      </ul>
    </article>
  )
}

interface PlanRowProps {
  readonly item: PlanItem
  readonly manual: boolean
  readonly phase: ApplyPhase
  readonly choice: ConflictChoice
  readonly onChoose: (choice: ConflictChoice) => void
}

const conflictOptions = [
  { value: 'keep', label: 'Keep the existing record' },
  { value: 'replace', label: 'Replace it', help: 'Undo restores the existing record.' },
] as const

/** After these, the name holds the CNAME. */
const replaced = new Set<PlanItem['outcome']>(['written', 'verified'])

function existingWords(item: PlanItem, manual: boolean): string {
  if (replaced.has(item.outcome)) return 'Replaced; Undo restores it'
  return manual ? 'Existing record; remove it first' : 'Existing record'
}

function PlanRow({ item, manual, phase, choice, onChoose }: PlanRowProps) {
  const asking = phase === 'confirm' || phase === 'reading' || phase === 'credentials'
  return (
    <li className={`plan-row plan-${item.action}`}>
      <div className="plan-head">
        <span className="mono name">
          <DnsText text={item.name} />
        </span>
        <Outcome item={item} phase={phase} manual={manual} />
      </div>
      {manual && asking && item.action !== 'right' ? (
        <dl className="values">
          <dt>Host</dt>
          <dd className="mono">
            {item.host} <CopyButton text={item.host} what={`the host ${item.host}`} />
          </dd>
          <dt>Type</dt>
          <dd className="mono">CNAME</dd>
          <dt>Target</dt>
          <dd className="mono">
            <DnsText text={item.target} /> <CopyButton text={item.target} what={`the target ${item.target}`} />
          </dd>
        </dl>
      ) : (
        <p className="mono target">
          CNAME <DnsText text={item.target} />
        </p>
      )}
      {item.action === 'conflict' && item.existing.length > 0 ? (
        <div className="existing">
          <p className="muted">{existingWords(item, manual)}</p>
          {item.existing.map((line) => (
            <p key={line} className="mono">
              <DnsText text={line} />
            </p>
          ))}
        </div>
      ) : null}
      {item.message && asking && item.existing.length === 0 ? (
        <p className="muted">
          <Message text={item.message} />
        </p>
      ) : null}
      {item.action === 'conflict' && phase === 'confirm' && !manual ? (
        <Choices label={`What to do at ${item.name}`} value={choice} options={conflictOptions} onChange={onChoose} />
      ) : null}
    </li>
  )
}

/** The shortcut some DNS services offer: their own page adds the lines after one confirmation. */
function DomainConnect({ domain, service }: { domain: ApplyDomain; service: string }) {
  const open = useRequest('openDomainConnect')
  return (
    <>
      <Button busy={open.busy} onPress={() => void open.send({ key: domain.key })}>
        Add the records at {service}
      </Button>
      {open.problem ? <ProblemCard problem={open.problem} /> : null}
    </>
  )
}
