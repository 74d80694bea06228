import { domainConnectLink } from '../domain-connect/apply-link.ts'
import { discoverDomainConnect, supportsTemplate } from '../domain-connect/find-settings.ts'
import { relativeName } from '../engine/names.ts'
import { discoverZone } from '../observe/zone-discovery.ts'
import type { Arguments } from './arguments.ts'
import { openResolver } from './context.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { parseDomain } from './names.ts'

/** `connect`: the link with which a user applies a Domain Connect template in the browser, without any token. */
export async function connect(args: Arguments, io: Io): Promise<ExitCode> {
  const [name, ...more] = args.names
  const { provider, service } = args
  if (!name || more.length > 0 || !provider || !service) {
    throw new UsageError('connect needs one domain, --provider ID and --service ID.')
  }
  const variables = Object.fromEntries(args.variables.map(parseVariable))
  const domain = parseDomain(name, 'The argument')
  const { resolver, close } = openResolver(args, io)
  try {
    const { zone, service: hosted } = await discoverZone({ name: domain, resolver, signal: io.signal })
    const options = { resolver, signal: io.signal, ...(io.fetch ? { fetch: io.fetch } : {}) }
    const settings = await discoverDomainConnect(zone, options)
    if (!settings?.urlSyncUX) {
      io.err(
        `${hosted?.title ?? 'The service'} that hosts ${zone} does not speak Domain Connect. Enter the records by hand: dmarc-dns plan\n`,
      )
      return exitCodes.attention
    }
    if (!(await supportsTemplate(settings, { providerId: provider, serviceId: service }, options))) {
      io.err(
        `${settings.providerName} does not know the template ${provider}/${service}. Enter the records by hand: dmarc-dns plan\n`,
      )
      return exitCodes.attention
    }
    const host = relativeName(domain, zone)
    const link = domainConnectLink({
      settings,
      providerId: provider,
      serviceId: service,
      variables,
      ...(host === '@' ? {} : { host }),
      ...(args.redirect ? { redirectUri: args.redirect } : {}),
    })
    io.out(args.json ? `${JSON.stringify({ provider: settings.providerName, link }, null, 2)}\n` : `${link}\n`)
    return exitCodes.ok
  } finally {
    close()
  }
}

function parseVariable(text: string): [string, string] {
  const [name, ...value] = text.split('=')
  if (name && value.length > 0) return [name, value.join('=')]
  throw new UsageError(`--variable cannot be read; expected NAME=VALUE.`)
}
