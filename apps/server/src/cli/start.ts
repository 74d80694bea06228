import { settingsMistakes } from '../app/check-settings.ts'
import { startRoles } from '../app/start-server.ts'
import { ConfigError } from '../config/load-config.ts'
import { roles } from '../config/roles.ts'
import type { Command } from './command.ts'
import { configFor } from './config-for.ts'
import { withStore } from './with-store.ts'

/** `dmarc-server start`: runs until SIGINT or SIGTERM, then waits for work in progress. */
export const start: Command = {
  name: 'start',
  summary: `Starts the API, the hosted zone, the policy host and background work, or those of the given roles: ${roles.join(',')}.`,
  options: { roles: { type: 'string' } },
  async run({ values, env, print }) {
    const overrides = values.roles === undefined ? {} : { DMARC_SERVER_ROLES: values.roles }
    const config = configFor(values, { ...env, ...overrides })
    const mistakes = await settingsMistakes(config, (work) => withStore({ values, env }, work))
    if (mistakes.length > 0) {
      throw new ConfigError(
        values.config ?? env.DMARC_SERVER_CONFIG ?? 'the environment',
        mistakes.map(({ setting, message }) => `${setting} ${message}`),
      )
    }
    const server = await startRoles(config)
    print(`Roles         ${config.roles.join(', ')}`)
    if (server.apiUrl !== undefined) print(`API           ${server.apiUrl}`)
    if (server.dns) print(`Hosted zone   ${server.hostedZone} at ${server.dns.address}:${server.dns.port}`)
    else if (config.hostedZone.service) print(`Hosted zone   ${server.hostedZone} at the configured DNS service`)
    if (server.policyHost) print(`Policy host   ${server.policyHost.address}:${server.policyHost.port}`)
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve)
      process.once('SIGTERM', resolve)
    })
    await server.close()
  },
}
