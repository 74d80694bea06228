import type { ApplyJob } from '../../shared/apply.ts'
import { plural, t } from '../../shared/messages/messages.ts'

/** Where a job is, in one sentence; what a screen reader says as it moves on. */
export function jobStatus(job: ApplyJob): string {
  const items = job.domains.flatMap((domain) => domain.items)
  const verified = items.filter((item) => item.outcome === 'verified' || item.action === 'right').length
  const counted = () =>
    plural('{verified} of {count} record verified.|{verified} of {count} records verified.', items.length, { verified })
  switch (job.phase) {
    case 'reading':
      return t('Reading the current records…')
    case 'credentials':
      return t('The DNS service requires credentials. You enter them once.')
    case 'confirm':
      return job.domains.every((domain) => domain.zone?.manual)
        ? t('The app changes nothing here. Add the records manually.')
        : t('Nothing has been written yet. Undo stays in Activity.')
    case 'applying':
      return t('Writing…')
    case 'verifying':
      return `${counted()} ${t('Checking again automatically.')}`
    case 'done':
      return verified === items.length ? t('All records are verified.') : counted()
    case 'undoing':
      return t('Restoring the previous records…')
    case 'undone':
      return t('The previous records are restored.')
  }
}
