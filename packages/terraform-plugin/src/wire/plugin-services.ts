import type { Route } from './grpc.ts'

/** The services every go-plugin process offers beside its own. `shutdown` is called once the answer is on its way. */
export function pluginService(path: string, shutdown: () => void): Route {
  switch (path) {
    case '/plugin.GRPCStdio/StreamStdio':
      return 'silent stream'
    case '/plugin.GRPCController/Shutdown':
      return () => {
        shutdown()
        return new Uint8Array(0)
      }
    case '/grpc.health.v1.Health/Check':
      return () => Uint8Array.of(0x08, 0x01) // status: SERVING
    default:
      return undefined
  }
}
