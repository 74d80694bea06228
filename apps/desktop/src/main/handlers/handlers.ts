import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'
import { activityHandlers } from './activity-handlers.ts'
import { appHandlers } from './app-handlers.ts'
import { applyHandlers, credentialHandlers } from './apply-handlers.ts'
import { connectionHandlers } from './connection-handlers.ts'
import { domainHandlers } from './domain-handlers.ts'
import { draftHandlers } from './draft-handlers.ts'
import { reportHandlers } from './report-handlers.ts'

/** What each request of the window does. A request without a handler does not compile. */
export function createHandlers(services: Services): Handlers {
  return {
    ...domainHandlers(services),
    ...connectionHandlers(services),
    ...applyHandlers(services),
    ...credentialHandlers(services),
    ...activityHandlers(services),
    ...draftHandlers(services),
    ...reportHandlers(services),
    ...appHandlers(services),
  }
}
