import { readFile } from 'node:fs/promises'
import { DnsServiceError } from '../../engine/errors.ts'
import { pathText } from '../../path-text.ts'
import type { AzureConfig } from '../../services/azure.ts'
import { requestToken, type Token, type TokenSource } from '../oauth.ts'
import { cliToken } from './cli.ts'
import { managedIdentityToken } from './managed-identity.ts'
import type { AzureAuthContext, AzureSource } from './source.ts'

/** The clouds apart from the public one, whose tokens are made for their own endpoint, and where these are signed in for. */
const nationalClouds = new Map([
  ['https://management.usgovcloudapi.net', 'https://login.microsoftonline.us'],
  ['https://management.chinacloudapi.cn', 'https://login.partner.microsoftonline.cn'],
])

/**
 * A given token, or the first of what Azure's own libraries try by default, in their order: a service principal (RFC
 * 6749 section 4.4), workload identity federation (RFC 7523), the managed identity of the machine, whoever is signed in to
 * the `az` command. The first that gives a token is kept to.
 */
export function azureToken(config: AzureConfig, context: AzureAuthContext): TokenSource {
  const { accessToken, baseUrl = '' } = config
  if (accessToken) return async () => ({ value: accessToken, expiresAt: context.clock() + 300_000 })
  const nationalLogin = nationalClouds.get(baseUrl)
  const resource = nationalLogin ? baseUrl : 'https://management.azure.com'
  const loginUrl = config.loginUrl ?? nationalLogin ?? 'https://login.microsoftonline.com'
  const choice = context.env.AZURE_TOKEN_CREDENTIALS?.trim().toLowerCase()
  const sources = chosen(
    [
      servicePrincipal(config, loginUrl, resource, context),
      workloadIdentity(config, loginUrl, resource, context),
      managedIdentityToken(config, resource, choice === 'managedidentitycredential', context),
      cliToken(config, resource, context),
    ],
    choice,
  )
  let working: AzureSource | undefined
  return async (signal) => {
    const tried: string[] = []
    for (const source of working ? [working] : sources) {
      signal?.throwIfAborted()
      const answer = await source.ask(signal)
      if ('value' in answer) {
        working = source
        return answer
      }
      tried.push(`${source.title} (${answer.lacks})`)
    }
    throw new DnsServiceError({
      service: 'azure',
      kind: 'unauthorised',
      message: `No Azure credentials were found. Tried: ${tried.join(', ')}.`,
      fix: 'Run "az login", or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or AZURE_FEDERATED_TOKEN_FILE).',
    })
  }
}

/** AZURE_TOKEN_CREDENTIALS names one source or a group. A complete service principal is meant, whatever it says. */
function chosen(sources: readonly AzureSource[], choice: string | undefined): readonly AzureSource[] {
  if (!choice) return sources
  const [principal] = sources
  const wanted = sources.filter(({ name, group }) => choice === group || choice === name.toLowerCase())
  if (wanted.length > 0) return sources.filter((source) => source === principal || wanted.includes(source))
  throw new DnsServiceError({
    service: 'azure',
    kind: 'configuration',
    message: `AZURE_TOKEN_CREDENTIALS is "${choice}".`,
    fix: `Set it to prod, dev, ${sources.map(({ name }) => name).join(', ')}, or not at all.`,
  })
}

function servicePrincipal(
  config: AzureConfig,
  loginUrl: string,
  resource: string,
  context: AzureAuthContext,
): AzureSource {
  return {
    title: 'service principal',
    name: 'EnvironmentCredential',
    group: 'prod',
    async ask(signal) {
      const { tenantId, clientId, clientSecret } = config
      if (!tenantId || !clientId || !clientSecret) {
        return {
          lacks: notSet({ AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_CLIENT_SECRET: clientSecret }),
        }
      }
      const form = { client_id: clientId, client_secret: clientSecret }
      return entraToken({ what: 'sign-in', loginUrl, tenantId, resource, form, context, signal })
    },
  }
}

function workloadIdentity(
  config: AzureConfig,
  loginUrl: string,
  resource: string,
  context: AzureAuthContext,
): AzureSource {
  return {
    title: 'workload identity',
    name: 'WorkloadIdentityCredential',
    group: 'prod',
    async ask(signal) {
      const { tenantId, clientId, federatedTokenFile } = config
      if (!tenantId || !clientId || !federatedTokenFile) {
        return {
          lacks: notSet({
            AZURE_TENANT_ID: tenantId,
            AZURE_CLIENT_ID: clientId,
            AZURE_FEDERATED_TOKEN_FILE: federatedTokenFile,
          }),
        }
      }
      // Read each time: whoever puts it there renews it within the hour.
      const assertion = await readFile(federatedTokenFile, 'utf8').catch((cause: NodeJS.ErrnoException) => {
        throw unusableFile(federatedTokenFile, `cannot be read (${cause.code})`)
      })
      if (assertion.trim() === '') throw unusableFile(federatedTokenFile, 'is empty')
      const form = {
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion.trim(),
      }
      return entraToken({ what: 'workload identity', loginUrl, tenantId, resource, form, context, signal })
    },
  }
}

function entraToken(request: {
  what: string
  loginUrl: string
  tenantId: string
  resource: string
  form: Record<string, string>
  context: AzureAuthContext
  signal: AbortSignal | undefined
}): Promise<Token> {
  const { what, loginUrl, tenantId, resource, form, context, signal } = request
  return requestToken({
    service: 'azure',
    label: `Microsoft Entra (${what})`,
    url: `${loginUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
    form: { grant_type: 'client_credentials', ...form, scope: `${resource}/.default` },
    fetch: context.fetch,
    clock: context.clock,
    signal,
  })
}

function notSet(settings: Record<string, string | undefined>): string {
  const missing = Object.keys(settings).filter((name) => !settings[name])
  return `${missing.join(', ')} not set`
}

function unusableFile(file: string, problem: string): DnsServiceError {
  return new DnsServiceError({
    service: 'azure',
    kind: 'unauthorised',
    message: `The federated token file${pathText(file)} ${problem}.`,
    fix: 'Set AZURE_FEDERATED_TOKEN_FILE to a file with the token of the workload, or unset it.',
  })
}
