import type { ApplyDomain, ConflictChoice, DmarcChoice, PlanDecisions } from '../../shared/apply.ts'
import { isWritable } from '../../shared/apply.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import { choiceOf, dmarcChoices } from '../../shared/plan-decisions.ts'
import { Choices } from '../parts/fields.tsx'

interface ApplyToAllProps {
  readonly domains: readonly ApplyDomain[]
  readonly decisions: PlanDecisions
  readonly onDecide: (decisions: PlanDecisions) => void
}

/** One decision for every conflict of a kind; each can still be decided by itself below. */
export function ApplyToAll({ domains, decisions, onDecide }: ApplyToAllProps) {
  const writable = domains.filter(isWritable)
  const policies = writable.filter((domain) => dmarcChoices(domain).length > 1)
  const conflicts = writable.flatMap((domain) =>
    domain.items.filter(
      (item) => item.action === 'conflict' && !(item.kind === 'dmarc' && choiceOf(domain, decisions) !== undefined),
    ),
  )
  if (policies.length < 2 && conflicts.length < 2) return null
  const decidePolicies = (choice: DmarcChoice) =>
    onDecide({
      ...decisions,
      policies: {
        ...decisions.policies,
        // A domain without this choice keeps its own.
        ...Object.fromEntries(
          policies.filter((domain) => dmarcChoices(domain).includes(choice)).map(({ key }) => [key, choice]),
        ),
      },
    })
  const decideConflicts = (choice: ConflictChoice) =>
    onDecide({
      ...decisions,
      choices: { ...decisions.choices, ...Object.fromEntries(conflicts.map(({ id }) => [id, choice])) },
    })
  return (
    <section className="card form" aria-label={t('Apply to all')}>
      {policies.length > 1 ? (
        <Choices
          label={plural('DMARC policy of {count} domain|DMARC policy of all {count} domains', policies.length)}
          value={common(policies.map((domain) => choiceOf(domain, decisions) ?? ''))}
          options={[
            { value: 'take-over', label: t('Take over the current policy') },
            { value: 'hosted', label: t('Use the hosted record') },
            { value: 'keep', label: t('Keep the existing record') },
          ]}
          onChange={(choice) => decidePolicies(choice as DmarcChoice)}
        />
      ) : null}
      {conflicts.length > 1 ? (
        <Choices
          label={plural('{count} other conflict|All {count} other conflicts', conflicts.length)}
          value={common(conflicts.map(({ id }) => decisions.choices[id] ?? 'keep'))}
          options={[
            { value: 'keep', label: t('Keep the existing records') },
            { value: 'replace', label: t('Replace them'), help: t('Undo restores the existing records.') },
          ]}
          onChange={(choice) => decideConflicts(choice as ConflictChoice)}
        />
      ) : null}
    </section>
  )
}

/** What they all have; empty where they differ. */
function common(values: readonly string[]): string {
  const [first = ''] = values
  return values.every((value) => value === first) ? first : ''
}
