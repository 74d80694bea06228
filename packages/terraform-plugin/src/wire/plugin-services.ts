import type { Route } from './grpc.ts'

/** Less than the two seconds after which Terraform kills a process that it has asked to end. */
const SHUTDOWN_LIMIT_MS = 1_000

export interface Shutdown {
  /** What is left to do while Terraform waits for the answer. */
  readonly before?: (() => Promise<void>) | undefined
  /** Called once the answer has left. */
  readonly after: () => void
}

/** The services every go-plugin process offers beside its own. */
export function pluginService(path: string, shutdown: Shutdown): Route {
  switch (path) {
    case '/plugin.GRPCStdio/StreamStdio':
      return 'silent stream'
    case '/plugin.GRPCController/Shutdown':
      // Not before: a process that is still loading its provider would end between the answer and its trailers.
      return async (_request, _abort, whenSent) => {
        await withinLimit(shutdown.before?.())
        whenSent?.(shutdown.after)
        return new Uint8Array(0)
      }
    case '/grpc.health.v1.Health/Check':
      return () => Uint8Array.of(0x08, 0x01) // status: SERVING
    default:
      return undefined
  }
}

/** A failure here changes nothing: the process ends either way. */
async function withinLimit(work: Promise<void> | undefined): Promise<void> {
  if (!work) return
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SHUTDOWN_LIMIT_MS)
  })
  await Promise.race([work.catch(() => {}), limit])
  clearTimeout(timer)
}
