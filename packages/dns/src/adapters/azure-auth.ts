import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { DnsServiceError } from '../engine/errors.ts'
import type { AzureConfig } from './azure-config.ts'
import { requestToken, type TokenSource } from './oauth.ts'
import { isObject } from './shape.ts'

export interface AzureAuthContext {
  fetch?: typeof fetch | undefined
  clock: () => number
  /** Runs a program and gives its standard output. Default: `execFile` with a limit of 30 seconds. */
  run?: ((program: string, args: string[], signal: AbortSignal | undefined) => Promise<string>) | undefined
}

/** The clouds apart from the public one, whose tokens are made for their own endpoint, and where these are signed in for. */
const nationalClouds = new Map([
  ['https://management.usgovcloudapi.net', 'https://login.microsoftonline.us'],
  ['https://management.chinacloudapi.cn', 'https://login.partner.microsoftonline.cn'],
])

/** A given token, a service principal (RFC 6749 section 4.4), or whoever is signed in to the `az` command. */
export function azureToken(config: AzureConfig, context: AzureAuthContext): TokenSource {
  const { accessToken, tenantId, clientId, clientSecret, baseUrl = '' } = config
  const nationalLogin = nationalClouds.get(baseUrl)
  const resource = nationalLogin ? baseUrl : 'https://management.azure.com'
  if (accessToken) return async () => ({ value: accessToken, expiresAt: context.clock() + 300_000 })
  if (tenantId && clientId && clientSecret) {
    return (signal) =>
      requestToken({
        service: 'azure',
        label: 'Microsoft Entra (sign-in)',
        url: `${config.loginUrl ?? nationalLogin ?? 'https://login.microsoftonline.com'}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
        form: {
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          scope: `${resource}/.default`,
        },
        fetch: context.fetch,
        clock: context.clock,
        signal,
      })
  }
  return (signal) => fromCli(context, resource, tenantId, signal)
}

async function fromCli(
  { run = runProgram, clock }: AzureAuthContext,
  resource: string,
  tenantId: string | undefined,
  signal?: AbortSignal,
) {
  const args = ['account', 'get-access-token', '--resource', resource, '--output', 'json']
  if (tenantId) args.push('--tenant', tenantId)
  let answer: unknown
  try {
    answer = JSON.parse(await run(process.platform === 'win32' ? 'az.cmd' : 'az', args, signal))
  } catch {
    // What az writes is left out: it may hold the token.
    signal?.throwIfAborted()
    throw notSignedIn('The az command gave no token.')
  }
  if (!isObject(answer) || typeof answer.accessToken !== 'string') throw notSignedIn('The az command gave no token.')
  // `expires_on` (seconds) is there since az 2.54; `expiresOn` is local time without a zone, and is not used.
  const expires = Number(answer.expires_on)
  return { value: answer.accessToken, expiresAt: Number.isNaN(expires) ? clock() + 300_000 : expires * 1000 }
}

async function runProgram(program: string, args: string[], signal: AbortSignal | undefined): Promise<string> {
  const options = { timeout: 30_000, ...(signal ? { signal } : {}), shell: program.endsWith('.cmd') }
  return (await promisify(execFile)(program, args, options)).stdout
}

function notSignedIn(message: string): DnsServiceError {
  return new DnsServiceError({
    service: 'azure',
    kind: 'unauthorised',
    message,
    fix: 'Run "az login", or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.',
  })
}
