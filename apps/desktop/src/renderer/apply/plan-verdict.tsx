import type { DmarcEffect, MailEffect, NamedEffect } from '@dmarc-as-code/records'
import { CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react'
import type { ApplyJob, PlanDecisions } from '../../shared/apply.ts'
import { listOf } from '../../shared/messages/lists.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import { choiceOf, chosenEffects, planVerdict } from '../../shared/plan-decisions.ts'

const shownNames = 3

interface Words {
  readonly tone: 'attention' | 'good' | 'calm'
  readonly text: string
  readonly detail?: string | undefined
}

/** The first thing on the page: what the plan does to mail, or what came of it. */
export function PlanVerdict({ job, decisions }: { job: ApplyJob; decisions: PlanDecisions }) {
  const words = wordsOf(job, decisions)
  if (!words) return null
  const { tone, text, detail } = words
  const Icon = tone === 'attention' ? TriangleAlert : tone === 'good' ? CircleCheck : CircleHelp
  return (
    <section className={`verdict verdict-box-${tone}`} aria-label={t('Verdict')}>
      <Icon size={20} aria-hidden="true" />
      <div>
        <h2>{text}</h2>
        {detail ? <p>{detail}</p> : null}
      </div>
    </section>
  )
}

function wordsOf(job: ApplyJob, decisions: PlanDecisions): Words | undefined {
  const { phase, domains } = job
  if (phase === 'reading' || phase === 'credentials') return undefined
  if (phase === 'done' || phase === 'undone') return resultWords(job)
  if (domains.every(({ items }) => items.every(({ action }) => action === 'right')))
    return { tone: 'good', text: t('Everything is in place already.') }
  const effects = chosenEffects(domains, decisions)
  const { needsConsent, unknown } = planVerdict(job, decisions)
  const names = (which: (effect: MailEffect) => boolean) =>
    unique(effects.flatMap(({ name, effect }) => (effect && which(effect) ? [name] : [])))
  const weaker = names((effect) => effect.weakens)
  if (weaker.length > 0)
    return {
      tone: needsConsent ? 'attention' : 'calm',
      text: t('This weakens {domains}.', { domains: listOf(weaker, shownNames) }),
      detail: sentenceFor(effects, (effect) => effect.weakens),
    }
  if (unknown.length > 0)
    return {
      tone: 'attention',
      text: t('The effect on {domains} is unknown.', { domains: listOf(unknown, shownNames) }),
      detail: t(
        'What is live there now could not be read. Nothing says that it becomes weaker, and nothing says that it does not.',
      ),
    }
  const takenOver = domains.filter((domain) => choiceOf(domain, decisions) === 'take-over').map(({ title }) => title)
  const stronger = names((effect) => effect.grade === 'stronger')
  if (takenOver.length > 0)
    return {
      tone: 'good',
      text: plural('{domains} keeps its protection.|{domains} keep their protection.', takenOver.length, {
        domains: listOf(takenOver, shownNames),
      }),
      detail: t('The hosted record takes over the current policy and report addresses.'),
    }
  if (stronger.length > 0)
    return {
      tone: 'good',
      text: t('This strengthens {domains}.', { domains: listOf(stronger, shownNames) }),
      detail: sentenceFor(effects, (effect) => effect.grade === 'stronger'),
    }
  if (effects.length > 0) return { tone: 'good', text: t('Mail is treated as it is today.') }
  return undefined
}

function resultWords(job: ApplyJob): Words {
  const items = job.domains.flatMap((domain) => domain.items)
  const isComplete = items.every(({ outcome, action }) => outcome === 'verified' || action === 'right')
  const hasFailed = items.some(({ outcome }) => outcome === 'failed') || job.domains.some(({ problem }) => problem)
  if (job.phase === 'undone') return { tone: 'calm', text: t('Restored. The zone is as it was before.') }
  return {
    tone: hasFailed ? 'attention' : isComplete ? 'good' : 'calm',
    text: isComplete ? t('Done. Receivers see the new records.') : t('Not everything is in place.'),
    detail: job.undoable ? t('Undo here, or later in Activity.') : undefined,
  }
}

/** Where it is one domain's DMARC, the change can be said in a sentence; more of them are in the tables. */
function sentenceFor(effects: readonly NamedEffect[], which: (effect: MailEffect) => boolean): string | undefined {
  const [only, ...others] = effects.flatMap(({ effect }) => (effect && which(effect) ? [effect] : []))
  return only && others.length === 0 && isDmarc(only) ? policySentence(only) : undefined
}

const isDmarc = (effect: MailEffect): effect is DmarcEffect => 'before' in effect && 'domain' in effect.before

/** What receivers do with mail that fails, today and afterwards. */
function policySentence({ before, after, reports }: DmarcEffect): string {
  if (before.domain.applied === after.domain.applied)
    return reports.lost.length > 0
      ? t('Reports no longer go to {addresses}.', { addresses: listOf(reports.lost.map(withoutScheme)) })
      : ''
  return `${todayWords(before.domain.applied)} ${afterwardsWords(after.domain.applied)}`
}

function todayWords(policy: 'none' | 'quarantine' | 'reject'): string {
  switch (policy) {
    case 'none':
      return t('Receivers deliver failing mail today.')
    case 'quarantine':
      return t('Receivers put failing mail into the spam folder today.')
    case 'reject':
      return t('Receivers reject failing mail today.')
  }
}

function afterwardsWords(policy: 'none' | 'quarantine' | 'reject'): string {
  switch (policy) {
    case 'none':
      return t('Afterwards they deliver it.')
    case 'quarantine':
      return t('Afterwards they put it into the spam folder.')
    case 'reject':
      return t('Afterwards they reject it.')
  }
}

const withoutScheme = (uri: string) => uri.replace(/^mailto:/, '')
const unique = (names: readonly string[]) => [...new Set(names)]
