import { Resolver } from 'node:dns/promises'
import { join } from 'node:path'
import { DmarcReportClient, defaultBaseUrl, InvalidArgumentError } from '@dmarc-as-code/client'
import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import { type ConfigOf, type Context, DiagnosticError, isKnown, isSet, Unknown } from '@dmarc-as-code/terraform-plugin'
import { Api } from './api/api.ts'
import { PlannedObjects } from './context/planned-objects.ts'
import type { ProviderContext } from './context/provider-context.ts'
import { AdapterPool } from './dns/adapter-pool.ts'
import type { DnsSettings } from './dns/dns-settings.ts'
import { FileJournals } from './dns/file-journals.ts'
import { NameClaims } from './dns/name-claims.ts'
import { RunClaims, thisRun } from './dns/run-claims.ts'
import { dnsServiceNames } from './dns/service-fields.ts'
import { HostingEnds } from './hosting/hosting-ends.ts'
import { type LiveDns, liveDns } from './live/live-dns.ts'
import { LiveMail } from './live/live-mail.ts'
import { fileMarkers } from './markers/creation-markers.ts'
import { dataFolder, selectedWorkspace } from './markers/workspace.ts'
import type { providerSchema } from './provider-schema.ts'
import { version } from './version.ts'

/** What the provider takes from its surroundings. */
export interface Surroundings {
  /** Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Where unfinished work is noted. Default: `dmarcreport` in Terraform's data folder. */
  readonly workFolder?: string
  /** Mail hosts of a domain. Default: the system's resolver. */
  readonly resolveMx?: (domain: string) => Promise<string[]>
  readonly fetch?: typeof globalThis.fetch
  /** Default: the system's resolvers, or the stub zones of the environment. */
  readonly live?: LiveDns
  /** Fetches MTA-STS policy files. Default: over HTTPS from the policy hosts. */
  readonly policies?: PolicyFetcher
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number
}

type Request = Context & { readonly config: ConfigOf<typeof providerSchema>; readonly terraformVersion: string }

export function configure(
  { config, log, terraformVersion }: Request,
  {
    env = process.env,
    workFolder,
    resolveMx = systemMx,
    fetch,
    live = liveDns(env),
    policies,
    now = Date.now,
  }: Surroundings = {},
): ProviderContext {
  refuseUnknown(config)
  refuseEmpty(config)
  const token = setting(config.token, env.DMARCREPORT_TOKEN)
  if (token === undefined) {
    throw new DiagnosticError(
      'No API token',
      'Set `token` in the provider block or the environment variable DMARCREPORT_TOKEN. To create a token, open the web app and choose the profile icon, "API Tokens", "New Api Token".',
      { path: ['token'] },
    )
  }
  const folder = workFolder ?? join(dataFolder(env), 'dmarcreport')
  const account = isKnown(config.account) ? setting(config.account, undefined) : Unknown
  const label = isKnown(config.label) ? setting(config.label, undefined) : undefined
  const endpoint = setting(config.endpoint, env.DMARCREPORT_ENDPOINT)
  const scope = {
    endpoint: endpoint ?? defaultBaseUrl,
    token,
    workspace: selectedWorkspace(env),
    folder: process.cwd(),
  }
  try {
    const client = new DmarcReportClient({
      token,
      baseUrl: endpoint,
      maxRetries: isSet(config.max_retries) ? config.max_retries : 4,
      timeout: (isSet(config.request_timeout) ? config.request_timeout : 30) * 1000,
      userAgent: `terraform-provider-dmarcreport/${version} terraform/${terraformVersion}`,
      logger: log,
      logLevel: 'debug',
      fetch,
    })
    return {
      api: new Api({ client, account, managedBy: { workspace: scope.workspace, label: label ?? null } }),
      markers: fileMarkers(folder, scope),
      planned: new PlannedObjects(),
      adapters: new AdapterPool({ services: dnsServices(config.dns), env }),
      // Terraform hands this to what it starts itself. Under a debugger, the parent of this process stands for no run.
      claims: new NameClaims(env.PLUGIN_CLIENT_CERT ? new RunClaims(folder, scope, thisRun()) : undefined),
      journals: new FileJournals(folder, scope),
      ends: new HostingEnds((error) => log.error('hosting could not be turned off', { error: String(error) })),
      live,
      mail: new LiveMail(live, policies && (async () => policies)),
      now,
      resolveMx,
    }
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    // The client names its own options; what the user has set is named instead.
    const name = error.message.startsWith('token') ? 'token' : 'endpoint'
    const place =
      setting(config[name], undefined) === undefined
        ? `The environment variable DMARCREPORT_${name.toUpperCase()}`
        : `\`${name}\``
    const detail = error.message.replace(/^\w+/, place)
    throw new DiagnosticError('Invalid provider configuration', detail, { path: [name] })
  }
}

/**
 * A value that is known only after apply is not an unset one: with a default in its place, the token of one server would be
 * sent to another.
 */
function refuseUnknown(config: Request['config']): void {
  const variables = { token: 'DMARCREPORT_TOKEN', endpoint: 'DMARCREPORT_ENDPOINT' } as const
  for (const name of ['endpoint', 'token', 'max_retries', 'request_timeout'] as const) {
    if (isKnown(config[name])) continue
    const variable =
      name in variables ? ` or the environment variable ${variables[name as keyof typeof variables]}` : ''
    throw new DiagnosticError(
      'Provider argument not known yet',
      `\`${name}\` depends on a value that is known only after apply, but planning needs it. Use an input variable${variable}, or create what it depends on in a separate configuration or with -target first.`,
      { path: [name] },
    )
  }
}

/**
 * An empty text is not an unset argument either: it comes from a variable without a value, and the default in its place would be
 * another server.
 */
function refuseEmpty(config: Request['config']): void {
  const name = (['endpoint', 'token', 'account'] as const).find((one) => config[one] === '')
  if (name === undefined) return
  throw new DiagnosticError(
    'Provider argument is empty',
    `\`${name}\` is an empty string, which is not the same as omitting it. Set a value, or use null for the default.`,
    { path: [name] },
  )
}

/** What is set in the block, else what the environment says. */
function setting(value: string | symbol | null, fallback: string | undefined): string | undefined {
  return typeof value === 'string' ? value : fallback || undefined
}

function dnsServices(dns: Request['config']['dns']): DnsSettings['services'] {
  if (!isKnown(dns)) return Object.fromEntries(dnsServiceNames.map((service) => [service, 'unknown']))
  return Object.fromEntries(
    Object.entries(dns ?? {}).map(([service, settings]) => [service, serviceSettings(settings)]),
  )
}

function serviceSettings(settings: object | null | Unknown): DnsSettings['services'][string] {
  if (settings === null) return null
  if (!isKnown(settings) || Object.values(settings).some((value) => !isKnown(value))) return 'unknown'
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))
}

async function systemMx(domain: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  return (await resolver.resolveMx(domain)).map(({ exchange }) => exchange).filter((host) => host !== '')
}
