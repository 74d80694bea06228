import { useEffect, useState } from 'react'
import {
  type ApplyDomain,
  type ApplyJob,
  type ConflictChoice,
  isWritable,
  needsCredentials,
  pendingItems,
} from '../../shared/apply.ts'
import { Button } from '../parts/button.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import { CredentialsForm } from './credentials-form.tsx'
import { PlanList } from './plan-list.tsx'
import { Steps } from './steps.tsx'

/** One click on "Apply CNAMEs", from the plan to what came of it. */
export function ApplyPage({ job, onBack }: { job: ApplyJob; onBack: () => void }) {
  const [choices, setChoices] = useState<Readonly<Record<string, ConflictChoice>>>({})
  const confirm = useRequest('confirmApply')
  const undo = useRequest('undoApply')
  const recheck = useRequest('recheckApply')
  const close = useRequest('closeApply')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new job starts with no choices made
  useEffect(() => setChoices({}), [job.id])

  const missing = needsCredentials(job)
  const asked = job.phase === 'credentials' ? missing[0] : undefined
  const writable = job.domains.filter(isWritable)
  const count = writable
    .flatMap(pendingItems)
    .filter((item) => item.action === 'create' || choices[item.id] === 'replace').length
  const manual = job.domains.filter((domain) => domain.zone?.manual && pendingItems(domain).length > 0)
  const blocked = job.domains.some((domain) => domain.items.some((item) => item.action === 'blocked'))
  const nothingLeft =
    job.phase === 'confirm' && job.domains.every((domain) => !domain.problem && pendingItems(domain).length === 0)
  const failed = confirm.problem ?? undo.problem ?? recheck.problem
  const leave = () => {
    // A job under way goes on; it is still there when one comes back.
    if (job.phase !== 'applying' && job.phase !== 'verifying' && job.phase !== 'undoing') void close.send()
    onBack()
  }

  const footer = (
    <>
      <div className="button-row">
        {job.phase === 'confirm' && writable.length > 0 ? (
          <Button
            kind="primary"
            disabled={count === 0}
            busy={confirm.busy}
            onPress={() => void confirm.send({ choices })}
          >
            {confirmLabel(count)}
          </Button>
        ) : null}
        {job.phase === 'confirm' && (manual.length > 0 || nothingLeft || blocked) ? (
          <Button
            kind={writable.length > 0 ? 'plain' : 'primary'}
            busy={recheck.busy}
            onPress={() => void recheck.send()}
          >
            {manual.length === 0 ? 'Check again' : 'I have added them'}
          </Button>
        ) : null}
        {job.phase === 'done' || job.phase === 'undone' || nothingLeft ? (
          <Button kind={job.phase === 'done' ? 'primary' : 'plain'} onPress={leave}>
            Close
          </Button>
        ) : null}
        {job.undoable && (job.phase === 'done' || job.phase === 'verifying') ? (
          <Button kind="quiet" busy={undo.busy} onPress={() => void undo.send()}>
            Undo
          </Button>
        ) : null}
      </div>
      <p className="status-line" role="status">
        {statusWords(job)}
      </p>
    </>
  )

  return (
    <PageFrame title="Apply CNAMEs" onBack={leave} footer={footer}>
      <Steps phase={job.phase} />
      {job.problem ? (
        <ProblemCard
          problem={job.problem}
          busy={recheck.busy || undo.busy}
          onAction={() => void (job.problem?.action === 'restore' ? undo.send() : recheck.send())}
        />
      ) : null}
      {failed ? <ProblemCard problem={failed} onAction={() => void recheck.send()} /> : null}
      {asked?.zone ? <CredentialsForm key={asked.zone.zone} zone={asked.zone} others={missing.length - 1} /> : null}
      {job.phase === 'credentials' ? null : (
        <div className="cards">
          {job.domains.map((domain) => (
            <PlanList
              key={domain.key}
              domain={domain}
              phase={job.phase}
              choices={choices}
              onChoose={(id, choice) => setChoices({ ...choices, [id]: choice })}
              onLookAgain={() => void recheck.send()}
              busy={recheck.busy}
            />
          ))}
        </div>
      )}
    </PageFrame>
  )
}

function confirmLabel(count: number): string {
  if (count === 0) return 'No changes selected'
  return count === 1 ? 'Write 1 record' : `Write ${count} records`
}

/** What a screen reader says as the job moves on. */
function statusWords(job: ApplyJob): string {
  const items = job.domains.flatMap((domain: ApplyDomain) => domain.items)
  const verified = items.filter((item) => item.outcome === 'verified' || item.action === 'right').length
  switch (job.phase) {
    case 'reading':
      return 'Reading the current records…'
    case 'credentials':
      return 'The DNS service requires credentials. You enter them once.'
    case 'confirm':
      return job.domains.every((domain) => domain.zone?.manual)
        ? 'The app changes nothing here. Add the records manually.'
        : 'Nothing has been changed yet.'
    case 'applying':
      return 'Writing…'
    case 'verifying':
      return `${verified} of ${items.length} records verified. Checking again automatically.`
    case 'done':
      return verified === items.length
        ? 'All records are verified.'
        : `${verified} of ${items.length} records verified.`
    case 'undoing':
      return 'Restoring the previous records…'
    case 'undone':
      return 'The previous records are restored.'
  }
}
