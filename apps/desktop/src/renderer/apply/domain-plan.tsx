import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import type {
  ApplyDomain,
  ApplyPhase,
  ConflictChoice,
  DmarcChoice,
  PlanDecisions,
  PlanItem,
} from '../../shared/apply.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import { choiceOf, dmarcChoices, effectOf, isChosen } from '../../shared/plan-decisions.ts'
import type { ProblemAction } from '../../shared/problems.ts'
import { Button } from '../parts/button.tsx'
import { RadioCards } from '../parts/fields.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import { EffectTable } from './effect-table.tsx'
import { ManualRow, PlanRow } from './plan-row.tsx'

interface DomainPlanProps {
  readonly domain: ApplyDomain
  readonly isOnly: boolean
  readonly phase: ApplyPhase
  readonly decisions: PlanDecisions
  readonly onDecide: (decisions: PlanDecisions) => void
  readonly onLookAgain: () => void
  readonly busy: boolean
}

/** The problems whose button reads the zone again. */
const lookHelps: ReadonlySet<ProblemAction> = new Set(['retry', 'check-again', 'unlock-keyring'])

/** One domain of the plan: the effect on mail, what to decide, and what would be written. What is right is folded. */
export function DomainPlan({ domain, isOnly, phase, decisions, onDecide, onLookAgain, busy }: DomainPlanProps) {
  const { zone, key, title, problem } = domain
  const manual = zone?.manual || (!zone && problem !== undefined)
  const choice = choiceOf(domain, decisions)
  const dmarc = choice ? effectOf(domain, choice) : undefined
  const right = domain.items.filter((item) => item.action === 'right')
  const open = domain.items.filter((item) => item.action !== 'right')
  const showsEffect = !manual && phase !== 'undone' && domain.items.some(({ outcome }) => outcome !== 'kept')
  const isConfirming = phase === 'confirm'
  const decide = (item: PlanItem, next: ConflictChoice) =>
    onDecide({ ...decisions, choices: { ...decisions.choices, [item.id]: next } })
  return (
    <article className="card domain-plan" aria-label={title}>
      {isOnly ? null : (
        <header>
          <h2>{title}</h2>
          {zone ? (
            <p className="muted">
              {t('zone {zone}', { zone: zone.zone })} · {zone.serviceTitle}
            </p>
          ) : null}
        </header>
      )}
      {problem ? (
        <ProblemCard
          problem={problem}
          busy={busy}
          onAction={isConfirming && lookHelps.has(problem.action) ? onLookAgain : undefined}
        />
      ) : null}
      {phase === 'reading' && domain.items.length === 0 ? (
        <div className="plan-to-come" aria-hidden="true">
          <span className="skeleton-line w2" />
          <span className="skeleton-line w1" />
        </div>
      ) : null}
      {showsEffect ? (
        <EffectTable
          dmarc={dmarc ?? undefined}
          mtaSts={domain.mtaSts ?? undefined}
          tlsRpt={domain.tlsRpt ?? undefined}
          isTakenOver={choice === 'take-over'}
        />
      ) : null}
      {isConfirming && !manual && choice ? (
        <DmarcChoices
          domain={domain}
          choice={choice}
          onChoose={(next) => onDecide({ ...decisions, policies: { ...decisions.policies, [key]: next } })}
        />
      ) : null}
      {zone?.hasDomainConnect && isConfirming ? <DomainConnect domain={domain} service={zone.serviceTitle} /> : null}
      {manual && isConfirming && open.length > 0 ? (
        <p>{t('Add these records at your DNS service, then choose "I have added them".')}</p>
      ) : null}
      <ul className="plan">
        {open.map((item) =>
          manual ? (
            <ManualRow key={item.id} item={item} phase={phase} />
          ) : (
            <PlanRow
              key={item.id}
              item={item}
              phase={phase}
              isChosen={isChosen(domain, item, decisions)}
              choice={item.kind === 'dmarc' && choice ? undefined : (decisions.choices[item.id] ?? 'keep')}
              onChoose={(next) => decide(item, next)}
            />
          ),
        )}
      </ul>
      {right.length > 0 ? <RightAlready items={right} isAll={open.length === 0} /> : null}
    </article>
  )
}

interface DmarcChoicesProps {
  readonly domain: ApplyDomain
  readonly choice: DmarcChoice
  readonly onChoose: (choice: DmarcChoice) => void
}

function DmarcChoices({ domain, choice, onChoose }: DmarcChoicesProps) {
  const choices = dmarcChoices(domain)
  if (choices.length < 2) return null
  return (
    <RadioCards
      label={t('DMARC policy of {domain}', { domain: domain.title })}
      value={choice}
      options={choices.map((value) => ({ value, ...choiceWords(domain, value) }))}
      onChange={onChoose}
    />
  )
}

function choiceWords(domain: ApplyDomain, choice: DmarcChoice): { label: string; help: string } {
  switch (choice) {
    case 'take-over':
      return { label: t('Take over the current policy'), help: takeOverHelp(domain) }
    case 'hosted':
      return { label: t('Use the hosted record'), help: hostedHelp(domain) }
    case 'keep':
      return { label: t('Keep the existing record'), help: t('Nothing is written at this name.') }
  }
}

function takeOverHelp({ dmarc }: ApplyDomain): string {
  const after = dmarc?.takeOver?.effect.after
  if (!after) return ''
  const addresses = plural('{count} report address|{count} report addresses', after.rua.length)
  return `p=${after.domain.applied}, ${addresses}`
}

function hostedHelp({ dmarc }: ApplyDomain): string {
  const effect = dmarc?.hosted
  if (!effect) return t('Its effect is unknown: what is live, or what will be, could not be read.')
  const policy = `p=${effect.after.domain.applied}.`
  return effect.needsConsent ? `${policy} ${t('Weaker than today; needs a reason.')}` : policy
}

function RightAlready({ items, isAll }: { items: readonly PlanItem[]; isAll: boolean }) {
  const [isOpen, setOpen] = useState(isAll && items.length === 1)
  return (
    <div className="right-already">
      <AriaButton className="button quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {plural('{count} record is right already|{count} records are right already', items.length)}
      </AriaButton>
      {isOpen ? (
        <ul>
          {items.map(({ id, name }) => (
            <li key={id} className="mono muted">
              {name}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** The shortcut some DNS services offer: their own page adds the lines after one confirmation. */
function DomainConnect({ domain, service }: { domain: ApplyDomain; service: string }) {
  const open = useRequest('openDomainConnect')
  return (
    <>
      <Button busy={open.busy} onPress={() => void open.send({ key: domain.key })}>
        {t('Add the records at {service}', { service })}
      </Button>
      {open.problem ? <ProblemCard problem={open.problem} /> : null}
    </>
  )
}
