import { compareDmarc, parseDmarc } from '@dmarc-as-code/records'
import { useState } from 'react'
import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { type EvidenceLevel, type ReportsView, unanswered } from '../../shared/reports.ts'
import { EffectTable } from '../apply/effect-table.tsx'
import { AcceptRisk } from '../parts/accept-risk.tsx'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { KeptInCode } from '../parts/kept-in-code.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'
import { percent } from './percent.ts'

interface NextStepProps {
  readonly domain: DomainSummary
  readonly view: ReportsView
  readonly next: EvidenceLevel | undefined
  readonly onMoved: () => void
}

/** Whether the policy can be tightened, in one sentence, and the button that does it. Nothing moves by itself. */
export function NextStep({ domain, view, next, onMoved }: NextStepProps) {
  const [asking, setAsking] = useState(false)
  const rate = next?.numbers?.ownRate
  const record = next?.ready ? next.nextRecord : null
  // One filled button on a screen: while records are missing, that is the page's.
  const isFirst = domain.state === 'ready' && domain.hostedDmarc
  return (
    <section className="card next-step" aria-labelledby="next-step-heading">
      <div className="verdict-line">
        <p>
          <strong id="next-step-heading" className={next?.ready ? 'verdict-good' : ''}>
            {sentenceOf(domain, view, next)}
          </strong>{' '}
          {typeof rate === 'number' ? t('{rate} % of your mail passes.', { rate: percent(rate) }) : null}
        </p>
        {next && domain.hostedDmarc && !asking ? (
          <Button
            kind={isFirst && record !== null ? 'primary' : 'plain'}
            disabled={record === null}
            onPress={() => setAsking(true)}
          >
            {next.target === 'quarantine' ? t('Move to quarantine…') : t('Move to reject…')}
          </Button>
        ) : null}
      </div>
      {record !== null && !domain.hostedDmarc ? (
        <>
          <p className="muted">{t('The service hosts no DMARC record here. Publish this one at your DNS service:')}</p>
          <p className="mono record-text">{record}</p>
          <CopyButton text={record} what={t('the record')} />
        </>
      ) : null}
      {asking && record !== null && next ? (
        <Confirm
          domain={domain}
          target={next.target}
          record={record}
          onDone={() => {
            setAsking(false)
            onMoved()
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </section>
  )
}

interface ConfirmProps {
  readonly domain: DomainSummary
  readonly target: EvidenceLevel['target']
  readonly record: string
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** The effect on mail comes first. */
function Confirm({ domain, target, record, onDone, onCancel }: ConfirmProps) {
  const here = useFocusHere<HTMLDivElement>()
  const save = useRequest('saveDmarcPolicy')
  const present = domain.dmarcRecord ?? ''
  const effect = compareDmarc({ own: parseDmarc(present) }, { own: parseDmarc(record) })
  const title = t('Move {domain} to {policy}?', { domain: domain.title, policy: target })
  const publish = async (acceptRisk?: string) => {
    const saved = await save.send({ key: domain.key, record, base: present, reason: '', acceptRisk })
    if (saved.ok) onDone()
  }
  if (save.problem?.code === 'evidence-missing') {
    return (
      <AcceptRisk problem={save.problem} busy={save.busy} onAccept={(risk) => void publish(risk)} onCancel={onCancel} />
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls; this is a question within a section
    <div ref={here} role="group" aria-label={title} className="confirmation">
      <h3>{title}</h3>
      <KeptInCode domains={[domain]} />
      <EffectTable dmarc={effect} mtaSts={undefined} tlsRpt={undefined} isTakenOver={false} />
      {save.problem ? <ProblemCard problem={save.problem} /> : null}
      <div className="button-row">
        <Button kind="primary" busy={save.busy} onPress={() => void publish()}>
          {target === 'quarantine' ? t('Move to quarantine') : t('Move to reject')}
        </Button>
        <Button kind="quiet" onPress={onCancel}>
          {t('Cancel')}
        </Button>
      </div>
      <p className="muted">{t('Activity can undo this.')}</p>
    </div>
  )
}

function sentenceOf({ title }: DomainSummary, view: ReportsView, next: EvidenceLevel | undefined): string {
  if (!next) return t('{domain} is at the strictest policy.', { domain: title })
  const values = { domain: title, policy: next.target }
  if (next.ready) return t('{domain} is ready for {policy}.', values)
  const [first, ...others] = next.blockers
  const open = unanswered(view).length
  if (first?.code === 'candidates-unanswered' && others.length === 0 && open > 0)
    return plural(
      'Say whose {count} sender is, and {domain} is ready for {policy}.|Say whose {count} senders are, and {domain} is ready for {policy}.',
      open,
      values,
    )
  return plural(
    '{domain} is not ready for {policy}: {count} condition is not met.|{domain} is not ready for {policy}: {count} conditions are not met.',
    next.blockers.length,
    values,
  )
}
