// The sandbox's own process. It reports its addresses, and ends with the app.
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import type { SandboxMessage } from './protocol.ts'

// Started by Electron, or by a plain Node; each has its own way to talk.
const say = (message: SandboxMessage) => {
  if (process.parentPort) process.parentPort.postMessage(message)
  else process.send?.(message)
}
process.on('disconnect', () => process.exit())

try {
  const sandbox = await createSandbox()
  const { apiUrl, token, accountId, customerZones, dns, tsig, stubZones } = sandbox
  say({
    type: 'ready',
    info: {
      apiUrl,
      token,
      accountId,
      customerZones,
      dns,
      tsig,
      stubZones: stubZones.map(({ zone, servers }) => ({
        zone,
        servers: servers.map(({ address, port: number = 53 }) => ({ address, port: number })),
      })),
    },
  })
} catch (error) {
  say({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
}
