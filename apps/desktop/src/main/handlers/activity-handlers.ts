import type { activityRequests } from '../../shared/contract/activity-requests.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'

export function activityHandlers({ activity }: Pick<Services, 'activity'>): Handlers<keyof typeof activityRequests> {
  return { undoActivity: ({ id, reason }) => activity.undo(id, reason) }
}
