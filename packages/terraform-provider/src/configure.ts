import { Resolver } from 'node:dns/promises'
import { join } from 'node:path'
import { DmarcReportClient, InvalidArgumentError } from '@dmarc-as-code/client'
import { type ConfigOf, type Context, DiagnosticError, isKnown, isSet } from '@dmarc-as-code/terraform-plugin'
import { Api } from './api/api.ts'
import type { ProviderContext } from './context/provider-context.ts'
import { AdapterPool } from './dns/adapter-pool.ts'
import { FileJournals } from './dns/file-journals.ts'
import { fileMarkers } from './markers/creation-markers.ts'
import type { providerSchema } from './provider-schema.ts'
import { version } from './version.ts'

/** What the provider takes from its surroundings. */
export interface Surroundings {
  /** Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Where notes about unfinished work are kept. Default: `dmarcreport` in Terraform's data folder. */
  readonly notes?: string
  /** Mail hosts of a domain. Default: the system's resolver. */
  readonly resolveMx?: (domain: string) => Promise<string[]>
  readonly fetch?: typeof globalThis.fetch
}

type Request = Context & { readonly config: ConfigOf<typeof providerSchema>; readonly terraformVersion: string }

export function configure(
  { config, log, terraformVersion }: Request,
  { env = process.env, notes, resolveMx = systemMx, fetch }: Surroundings = {},
): ProviderContext {
  const token = setting(config.token, env.DMARCREPORT_TOKEN)
  if (token === undefined) {
    throw new DiagnosticError(
      isKnown(config.token) ? 'No API token' : 'API token not known yet',
      isKnown(config.token)
        ? 'Set `token` in the provider block or the environment variable DMARCREPORT_TOKEN. To create a token, open the web app and choose the profile icon, "API Tokens", "New Api Token".'
        : '`token` depends on a value that is known only after apply. Use an input variable or the environment variable DMARCREPORT_TOKEN instead.',
      { path: ['token'] },
    )
  }
  const folder = notes ?? join(env.TF_DATA_DIR || '.terraform', 'dmarcreport')
  const account = setting(config.account, undefined)
  try {
    const client = new DmarcReportClient({
      token,
      baseUrl: setting(config.endpoint, env.DMARCREPORT_ENDPOINT),
      maxRetries: isSet(config.max_retries) ? config.max_retries : 4,
      timeout: (isSet(config.request_timeout) ? config.request_timeout : 30) * 1000,
      userAgent: `terraform-provider-dmarcreport/${version} terraform/${terraformVersion}`,
      logger: log,
      logLevel: 'debug',
      fetch,
    })
    return {
      api: new Api({ client, account, unsettled: !isKnown(config.account) || !isKnown(config.endpoint) }),
      markers: fileMarkers(folder),
      adapters: new AdapterPool({ services: dnsServices(config.dns), env }),
      journals: new FileJournals(folder),
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
    const told = error.message.replace(/^\w+/, place)
    throw new DiagnosticError('Invalid provider configuration', told, { path: [name] })
  }
}

/** What is set in the block and not empty, else what the environment says. */
function setting(value: string | symbol | null, fallback: string | undefined): string | undefined {
  return (typeof value === 'string' && value !== '' ? value : undefined) ?? (fallback || undefined)
}

function dnsServices(dns: Request['config']['dns']) {
  if (!isSet(dns)) return {}
  return Object.fromEntries(
    Object.entries(dns).map(([service, settings]) => [service, isSet(settings) ? withoutUnset(settings) : null]),
  )
}

const withoutUnset = (settings: object) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => isSet(value)))

async function systemMx(domain: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 1 })
  return (await resolver.resolveMx(domain)).map(({ exchange }) => exchange).filter((host) => host !== '')
}
