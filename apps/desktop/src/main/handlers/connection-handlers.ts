import type { connectionRequests } from '../../shared/contract/connection-requests.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'

const requestTimeout = 60_000

export function connectionHandlers({
  connections,
  watcher,
  applyService,
  sandbox,
}: Pick<Services, 'connections' | 'watcher' | 'applyService' | 'sandbox'>): Handlers<keyof typeof connectionRequests> {
  const deadline = () => AbortSignal.timeout(requestTimeout)
  return {
    addConnection: async (input) => {
      const connection = await connections.add(input, deadline())
      await watcher.add(connection)
      return { connectionId: connection.id }
    },
    replaceToken: async ({ connectionId, token }) => {
      await connections.replaceToken(connectionId, token, deadline())
      await watcher.watch(connectionId).reopen()
    },
    removeConnection: async ({ connectionId }) => {
      const { kind } = watcher.watch(connectionId).connection
      await applyService.close()
      watcher.remove(connectionId)
      await connections.remove(connectionId)
      if (kind === 'sandbox') sandbox.stop()
    },
    startSandbox: () => sandbox.start(),
  }
}
