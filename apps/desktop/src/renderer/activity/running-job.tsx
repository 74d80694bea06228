import type { ApplyJob } from '../../shared/apply.ts'
import { listOf } from '../../shared/messages/lists.ts'
import { t } from '../../shared/messages/messages.ts'
import { jobStatus } from '../apply/job-status.ts'
import { Button } from '../parts/button.tsx'
import { useGo } from '../state/go.ts'

const shownDomains = 3

/** The job that is open: leaving its page does not end it. */
export function RunningJob({ job }: { job: ApplyJob }) {
  const go = useGo()
  const names = listOf(
    job.domains.map(({ title }) => title),
    shownDomains,
  )
  return (
    <article className="card" aria-label={t('Now: {domains}', { domains: names })}>
      <h2>{t('Now: {domains}', { domains: names })}</h2>
      <p className="muted">{jobStatus(job)}</p>
      <div className="button-row">
        <Button onPress={() => go({ name: 'apply' })}>{t('Open')}</Button>
      </div>
    </article>
  )
}
