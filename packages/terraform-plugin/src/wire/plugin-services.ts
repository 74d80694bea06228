import type { Route } from './grpc.ts'

/** The services every go-plugin process offers beside its own. `shutdown` is called once the answer has left. */
export function pluginService(path: string, shutdown: () => void): Route {
  switch (path) {
    case '/plugin.GRPCStdio/StreamStdio':
      return 'silent stream'
    case '/plugin.GRPCController/Shutdown':
      // Not before: a process that is still loading its provider would end between the answer and its trailers.
      return (_request, _abort, whenSent) => {
        whenSent?.(shutdown)
        return new Uint8Array(0)
      }
    case '/grpc.health.v1.Health/Check':
      return () => Uint8Array.of(0x08, 0x01) // status: SERVING
    default:
      return undefined
  }
}
