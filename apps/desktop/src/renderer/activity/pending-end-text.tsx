import type { ActivityView } from '../../shared/activity.ts'
import { t } from '../../shared/messages/messages.ts'
import { Time } from '../parts/time.tsx'

/** When hosting ends, and why not at once. */
export function PendingEndText({ kind, endsAt }: { kind: ActivityView['kind']; endsAt: string }) {
  return (
    <>
      {kind === 'domain-deleted'
        ? t('The CNAMEs are changed. The domain is deleted')
        : t('The CNAMEs are changed. Hosting ends')}{' '}
      <Time at={endsAt} />.{' '}
      {t('Until then it answers for resolvers that remember them. The app has to run at that time, or later.')}
    </>
  )
}
