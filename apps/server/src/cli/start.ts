import { startServer } from '../app/start-server.ts'
import type { Command } from './command.ts'
import { configFor } from './config-for.ts'

/** `dmarc-server start`: runs until SIGINT or SIGTERM, then waits for work in progress. */
export const start: Command = {
  name: 'start',
  summary: 'Starts the API, the hosted zone, the policy host and background work.',
  options: {},
  async run({ values, env, print }) {
    const server = await startServer(configFor(values, env))
    print(`API           ${server.apiUrl}`)
    const servedAt = server.dns ? `${server.dns.address}:${server.dns.port}` : 'the configured DNS service'
    print(`Hosted zone   ${server.hostedZone} at ${servedAt}`)
    print(`Policy host   ${server.policyHost.address}:${server.policyHost.port}`)
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve)
      process.once('SIGTERM', resolve)
    })
    await server.close()
  },
}
