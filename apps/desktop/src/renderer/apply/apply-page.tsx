import { useEffect, useState } from 'react'
import { type ApplyJob, isWritable, needsCredentials, type PlanDecisions, pendingItems } from '../../shared/apply.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import { chosenItems, planVerdict } from '../../shared/plan-decisions.ts'
import { Button } from '../parts/button.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { isReason } from '../parts/reason-field.tsx'
import { useRequest } from '../state/bridge.ts'
import { ApplyToAll } from './apply-to-all.tsx'
import { CredentialsForm } from './credentials-form.tsx'
import { DomainPlan } from './domain-plan.tsx'
import { jobStatus } from './job-status.ts'
import { PlanVerdict } from './plan-verdict.tsx'
import { WeakeningReason } from './weakening-reason.tsx'

const nothingDecided: PlanDecisions = { choices: {}, policies: {}, reason: '' }

/** The plan: its verdict first, then what changes, what came of it in the same place, and Undo. */
export function ApplyPage({ job, onBack }: { job: ApplyJob; onBack: () => void }) {
  const [decisions, setDecisions] = useState(nothingDecided)
  const [undoReason, setUndoReason] = useState('')
  const confirm = useRequest('confirmApply')
  const undo = useRequest('undoApply')
  const recheck = useRequest('recheckApply')
  const close = useRequest('closeApply')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new job starts with nothing decided
  useEffect(() => setDecisions(nothingDecided), [job.id])

  const { phase, domains } = job
  const missing = needsCredentials(job)
  const asked = phase === 'credentials' ? missing[0] : undefined
  const isWritableJob = domains.some(isWritable)
  const count = domains.flatMap((domain) => chosenItems(domain, decisions)).length
  const { needsConsent } = planVerdict(job, decisions)
  const hasManual = domains.some((domain) => domain.zone?.manual && pendingItems(domain).length > 0)
  const hasBlocked = domains.some((domain) => domain.items.some((item) => item.action === 'blocked'))
  const nothingLeft =
    phase === 'confirm' && domains.every((domain) => !domain.problem && pendingItems(domain).length === 0)
  const undoWeakens = job.problem?.code === 'would-weaken'
  const failed = confirm.problem ?? undo.problem ?? recheck.problem
  const leave = () => {
    // A job under way goes on; it is still there when one comes back.
    if (phase !== 'applying' && phase !== 'verifying' && phase !== 'undoing') void close.send()
    onBack()
  }

  const footer = (
    <>
      <p className="status-line" role="status">
        {jobStatus(job)}
      </p>
      <div className="button-row">
        {job.undoable && (phase === 'done' || phase === 'verifying') ? (
          <Button
            busy={undo.busy}
            disabled={undoWeakens && !isReason(undoReason)}
            onPress={() => void undo.send({ reason: undoWeakens ? undoReason.trim() : '' })}
          >
            {undoWeakens ? t('Undo all the same') : t('Undo')}
          </Button>
        ) : null}
        {phase === 'confirm' && (hasManual || nothingLeft || hasBlocked) ? (
          <Button kind={isWritableJob ? 'plain' : 'primary'} busy={recheck.busy} onPress={() => void recheck.send()}>
            {hasManual ? t('I have added them') : t('Check again')}
          </Button>
        ) : null}
        {phase === 'done' || phase === 'undone' || nothingLeft ? (
          <Button kind={phase === 'done' ? 'primary' : 'plain'} onPress={leave}>
            {t('Close')}
          </Button>
        ) : null}
        {phase === 'confirm' && isWritableJob ? (
          <Button
            kind="primary"
            disabled={count === 0 || (needsConsent && !isReason(decisions.reason))}
            busy={confirm.busy}
            onPress={() => void confirm.send({ ...decisions, reason: needsConsent ? decisions.reason.trim() : '' })}
          >
            {count === 0 ? t('No changes selected') : plural('Apply {count} record|Apply {count} records', count)}
          </Button>
        ) : null}
      </div>
    </>
  )

  return (
    <PageFrame title={t('Apply records')} onBack={leave} head={<Subject job={job} />} footer={footer}>
      <PlanVerdict job={job} decisions={decisions} />
      {phase === 'confirm' && needsConsent ? (
        <WeakeningReason value={decisions.reason} onChange={(reason) => setDecisions({ ...decisions, reason })} />
      ) : null}
      {job.problem ? (
        <ProblemCard
          problem={job.problem}
          busy={recheck.busy || undo.busy}
          onAction={
            // Meanwhile it is tried again by itself.
            phase === 'verifying'
              ? undefined
              : () => void (job.problem?.action === 'restore' ? undo.send({ reason: '' }) : recheck.send())
          }
        />
      ) : null}
      {undoWeakens && job.undoable ? <WeakeningReason value={undoReason} onChange={setUndoReason} /> : null}
      {failed ? <ProblemCard problem={failed} onAction={() => void recheck.send()} /> : null}
      {asked?.zone ? <CredentialsForm key={asked.zone.zone} zone={asked.zone} others={missing.length - 1} /> : null}
      {phase === 'confirm' ? <ApplyToAll domains={domains} decisions={decisions} onDecide={setDecisions} /> : null}
      {phase === 'credentials' ? null : (
        <div className="cards">
          {domains.map((domain) => (
            <DomainPlan
              key={domain.key}
              domain={domain}
              isOnly={domains.length === 1}
              phase={phase}
              decisions={decisions}
              onDecide={setDecisions}
              onLookAgain={() => void recheck.send()}
              busy={recheck.busy}
            />
          ))}
        </div>
      )}
    </PageFrame>
  )
}

/** Which domains, and where they are written. */
function Subject({ job: { domains } }: { job: ApplyJob }) {
  const [first, ...others] = domains
  if (!first) return null
  const zones = [...new Set(domains.flatMap(({ zone }) => (zone ? [`${zone.zone} · ${zone.serviceTitle}`] : [])))]
  return (
    <p className="muted">
      {others.length === 0 ? first.title : plural('{count} domain|{count} domains', domains.length)}
      {zones.length === 1 ? ` · ${t('zone {zone}', { zone: String(zones[0]) })}` : ''}
      {zones.length > 1 ? ` · ${plural('{count} zone|{count} zones', zones.length)}` : ''}
    </p>
  )
}
