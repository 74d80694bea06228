import { type NamedEffect, type Verdict, verdictOf } from '@dmarc-as-code/records'
import {
  type ApplyDomain,
  type ApplyJob,
  type DmarcChoice,
  isWritable,
  type PlanDecisions,
  type PlanItem,
  pendingItems,
} from './apply.ts'

/** The choices at `_dmarc`, the safest first. Empty where nothing stands in the way and nothing can be kept. */
export function dmarcChoices({ dmarc, items }: ApplyDomain): DmarcChoice[] {
  const item = items.find(({ kind }) => kind === 'dmarc')
  if (!dmarc || !item || item.action === 'right' || item.action === 'blocked') return []
  const keep: DmarcChoice[] = item.action === 'conflict' ? ['keep'] : []
  return dmarc.takeOver ? ['take-over', 'hosted', ...keep] : ['hosted', ...keep]
}

/** What happens unless the person decides otherwise: what keeps the protection that is live, or else nothing. */
export function defaultChoice(domain: ApplyDomain): DmarcChoice | undefined {
  const { dmarc } = domain
  const choices = dmarcChoices(domain)
  if (!dmarc || choices.length === 0) return undefined
  if (dmarc.hosted && !dmarc.hosted.needsConsent && !dmarc.hosted.weakens) return 'hosted'
  if (dmarc.takeOver) return 'take-over'
  // What cannot be judged is left as it is where something stands there.
  if (choices.includes('keep') && (!dmarc.hosted || dmarc.hosted.needsConsent)) return 'keep'
  return 'hosted'
}

export function choiceOf(domain: ApplyDomain, decisions: PlanDecisions): DmarcChoice | undefined {
  const choices = dmarcChoices(domain)
  const chosen = decisions.policies[domain.key]
  return chosen && choices.includes(chosen) ? chosen : defaultChoice(domain)
}

/** The effect of one choice; null where it is unknown. */
export function effectOf({ dmarc }: ApplyDomain, choice: DmarcChoice) {
  if (!dmarc || choice === 'keep') return undefined
  return choice === 'take-over' && dmarc.takeOver ? dmarc.takeOver.effect : dmarc.hosted
}

/** Whether this item is written, given what was decided. */
export function isChosen(domain: ApplyDomain, item: PlanItem, decisions: PlanDecisions): boolean {
  if (item.action === 'right' || item.action === 'blocked') return false
  const choice = item.kind === 'dmarc' ? choiceOf(domain, decisions) : undefined
  if (choice) return choice !== 'keep'
  return item.action === 'create' || decisions.choices[item.id] === 'replace'
}

export function chosenItems(domain: ApplyDomain, decisions: PlanDecisions): PlanItem[] {
  return isWritable(domain) ? pendingItems(domain).filter((item) => isChosen(domain, item, decisions)) : []
}

/** The effects on mail of everything that is chosen, by the domains' titles. */
export function chosenEffects(domains: readonly ApplyDomain[], decisions: PlanDecisions): NamedEffect[] {
  return domains.flatMap((domain) => {
    const chosen = chosenItems(domain, decisions)
    const choice = choiceOf(domain, decisions)
    const dmarc = chosen.some(({ kind }) => kind === 'dmarc') && choice ? effectOf(domain, choice) : undefined
    const mtaSts = chosen.some(({ kind }) => kind === 'mta_sts_policy') ? domain.mtaSts : undefined
    const tlsRpt = chosen.some(({ kind }) => kind === 'tls_rpt') ? domain.tlsRpt : undefined
    return [dmarc, mtaSts, tlsRpt]
      .filter((effect) => effect !== undefined)
      .map((effect) => ({ name: domain.title, effect }))
  })
}

export function planVerdict({ domains }: Pick<ApplyJob, 'domains'>, decisions: PlanDecisions): Verdict {
  return verdictOf(chosenEffects(domains, decisions))
}
