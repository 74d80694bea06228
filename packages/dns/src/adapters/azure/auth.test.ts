import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  appService,
  azurePrincipal,
  startAzure,
  workloadToken,
} from '../../../../../test-support/dns-services/azure.ts'
import type { AzureConfig } from '../../services/azure.ts'
import { parseAdapterConfig } from '../config.ts'
import { azureAdapter } from './adapter.ts'

const zone = 'example.test'
type Env = Record<string, string | undefined>
type Options = Parameters<typeof startAzure>[1]

/** The adapter as a process with this environment has it. `run` stands for the az command. */
async function start(
  env: (url: string) => Env,
  options: Options = {},
  context: Parameters<typeof azureAdapter>[1] = {},
) {
  const service = await startAzure([{ name: zone, sets: [] }], options)
  onTestFinished(() => service.close())
  const ran: string[][] = []
  const full: Env = { AZURE_AUTHORITY_HOST: service.url, AZURE_SUBSCRIPTION_ID: 'sub-1', ...env(service.url) }
  const config = parseAdapterConfig({ type: 'azure', baseUrl: service.url }, full) as AzureConfig
  const run = async (_: string, args: string[]): Promise<string> => {
    ran.push(args)
    throw Object.assign(new Error('spawn az ENOENT canary'), { code: 'ENOENT' })
  }
  const adapter = azureAdapter(config, { sleep: async () => {}, env: full, run, ...context })
  const paths = () =>
    service.requests.map(({ url }) => url.pathname).filter((path) => !path.startsWith('/subscriptions'))
  return { service, adapter, ran, paths }
}

async function tokenFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'workload-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'azure-identity-token')
  await writeFile(file, text)
  return file
}

/** Requests to the stand-in pass; the real metadata service is what `answer` says. */
const withMetadata =
  (asked: string[], answer: (signal: AbortSignal | null | undefined) => Promise<Response>): typeof fetch =>
  (input, init) => {
    const { host } = new URL(String(input))
    if (host !== '169.254.169.254') return fetch(input, init)
    asked.push(String(input))
    return answer(init?.signal)
  }

const nobody = () => Promise.reject(new TypeError('fetch failed'))
const principal = {
  AZURE_TENANT_ID: azurePrincipal.tenantId,
  AZURE_CLIENT_ID: azurePrincipal.clientId,
  AZURE_CLIENT_SECRET: azurePrincipal.clientSecret,
}

describe('Azure credentials', () => {
  it('are a service principal before anything else, and then no metadata service is asked', async () => {
    const asked: string[] = []
    const file = await tokenFile(workloadToken())
    const { adapter, paths } = await start(
      () => ({ ...principal, AZURE_FEDERATED_TOKEN_FILE: file }),
      {},
      {
        fetch: withMetadata(asked, nobody),
      },
    )
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    expect([paths(), asked]).toEqual([['/tenant-1/oauth2/v2.0/token'], []])
  })

  it('are the token of a workload, read again each time, and then no metadata service is asked', async () => {
    const asked: string[] = []
    const file = await tokenFile(`${workloadToken()}\n`)
    let now = Date.now()
    const { adapter, paths, service } = await start(
      () => ({ ...principal, AZURE_CLIENT_SECRET: undefined, AZURE_FEDERATED_TOKEN_FILE: file }),
      {},
      { fetch: withMetadata(asked, nobody), clock: () => now },
    )
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    const renewed = workloadToken({ jti: 'renewed' })
    await writeFile(file, renewed)
    now += 3_600_000
    await adapter.findZone(zone)
    expect([paths(), asked]).toEqual([['/tenant-1/oauth2/v2.0/token', '/tenant-1/oauth2/v2.0/token'], []])
    const bodies = service.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => new URLSearchParams(body))
    expect(bodies[1]?.get('client_assertion')).toBe(renewed)
  })

  it.each([
    ['of another audience', { aud: 'api://other' }],
    ['of another subject', { sub: 'system:serviceaccount:other:dns' }],
    ['that has expired', { exp: 1 }],
  ])('fail when the token of a workload is one %s, without showing it', async (_, claims) => {
    const file = await tokenFile(workloadToken(claims))
    const { adapter, ran } = await start(() => ({
      ...principal,
      AZURE_CLIENT_SECRET: undefined,
      AZURE_FEDERATED_TOKEN_FILE: file,
    }))
    const error = await adapter.findZone(zone).catch((error: Error) => error)
    expect(error).toMatchObject({
      kind: 'unauthorised',
      message: /workload identity.*invalid_client \(AADSTS7000215\)/,
    })
    expect(ran).toEqual([])
    expect(JSON.stringify(error) + (error as Error).stack).not.toContain('eyJ')
  })

  it.each([
    ['is missing', '/nowhere/token', /\/nowhere\/token cannot be read \(ENOENT\).*AZURE_FEDERATED_TOKEN_FILE/],
    ['is empty', undefined, /is empty/],
  ])('fail when the file with the token of a workload %s', async (_, path, message) => {
    const file = path ?? (await tokenFile('\n'))
    const { adapter } = await start(() => ({
      ...principal,
      AZURE_CLIENT_SECRET: undefined,
      AZURE_FEDERATED_TOKEN_FILE: file,
    }))
    await expect(adapter.findZone(zone)).rejects.toMatchObject({ kind: 'unauthorised', message })
  })

  it.each([
    ['its own', undefined, ['system']],
    ['one that a user assigned', 'client-9', ['client-9']],
  ])("are an app's managed identity, %s, until it expires", async (_, clientId, identities) => {
    let now = Date.now()
    const { adapter, paths } = await start(
      (url) => ({
        IDENTITY_ENDPOINT: url + appService.path,
        IDENTITY_HEADER: appService.header,
        AZURE_CLIENT_ID: clientId,
      }),
      { identities },
      { clock: () => now },
    )
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    now += 3_500_000
    await adapter.findZone(zone)
    expect(paths()).toEqual([appService.path])
    now += 60_000
    await adapter.findZone(zone)
    expect(paths()).toEqual([appService.path, appService.path])
  })

  it("are a machine's managed identity, found out by a question that its metadata service refuses", async () => {
    const service = await startAzure([{ name: zone, sets: [] }])
    onTestFinished(() => service.close())
    const asked: { path: string; metadata: string | null }[] = []
    const machine: typeof fetch = (input, init) => {
      const url = new URL(String(input))
      if (url.host !== '169.254.169.254') return fetch(input, init)
      asked.push({ path: url.pathname + url.search, metadata: new Headers(init?.headers).get('metadata') })
      return fetch(new URL(url.pathname + url.search, service.url), init)
    }
    const config = { type: 'azure', subscriptionId: 'sub-1', baseUrl: service.url } as const
    const adapter = azureAdapter(config, { env: {}, fetch: machine })
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    const path = '/metadata/identity/oauth2/token'
    const query = '?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com'
    expect(asked).toEqual([
      { path, metadata: null },
      { path: path + query, metadata: 'true' },
    ])
  })

  it('are asked for again while the metadata service is being updated', async () => {
    const { service, adapter, paths } = await start((url) => ({ AZURE_POD_IDENTITY_AUTHORITY_HOST: `${url}/` }))
    service.failNext({ status: 410, body: {} }, 1)
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    expect(paths()).toHaveLength(2)
  })

  it.each([
    ['nobody answers', nobody],
    ['nobody ever answers', (signal?: AbortSignal | null) => hanging(signal)],
    [
      'Docker answers for a network that is not there',
      async () => new Response('network is unreachable', { status: 403 }),
    ],
    ['it has no identity', async () => Response.json({ error: 'invalid_request' }, { status: 400 })],
  ])('are those of the az command where %s', async (_, metadata) => {
    const ran: string[][] = []
    const asked: string[] = []
    let now = Date.now()
    const run = async (_: string, args: string[]) => {
      ran.push(args)
      return JSON.stringify({ accessToken: 'eyJ.example', expires_on: Math.floor(now / 1000) + 3600 })
    }
    const { adapter } = await start(() => ({}), {}, { run, fetch: withMetadata(asked, metadata), clock: () => now })
    const began = performance.now()
    await adapter.findZone(zone)
    await adapter.findZone(zone)
    expect(performance.now() - began).toBeLessThan(3000)
    const args = ['account', 'get-access-token', '--resource', 'https://management.azure.com', '--output', 'json']
    expect(ran).toEqual([args])
    // Once az has answered, it is kept to.
    asked.length = 0
    now += 3_600_000
    await adapter.findZone(zone)
    expect([ran, asked]).toEqual([[args, args], []])
  })

  it('stop being looked for when the caller aborts', async () => {
    const { adapter, ran } = await start(() => ({}), {}, { fetch: withMetadata([], hanging) })
    const abort = new AbortController()
    const attempt = adapter.findZone(zone, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(attempt).rejects.toThrow('enough')
    expect(ran).toEqual([])
  })

  it('fail with all that was tried, and without what any of it holds', async () => {
    const { adapter } = await start((url) => ({
      IDENTITY_ENDPOINT: url + appService.path,
      IDENTITY_HEADER: 'canary',
      AZURE_CLIENT_ID: 'client-1',
    }))
    const error = await adapter.findZone(zone).catch((error: Error) => error)
    expect(error).toMatchObject({
      kind: 'unauthorised',
      message:
        'No Azure credentials were found. Tried: ' +
        'service principal (AZURE_TENANT_ID, AZURE_CLIENT_SECRET not set), ' +
        'workload identity (AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE not set), ' +
        'managed identity (none has the client id), ' +
        'the az command (not installed). ' +
        'Run "az login", or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or AZURE_FEDERATED_TOKEN_FILE).',
    })
    expect(JSON.stringify(error) + (error as Error).stack).not.toContain('canary')
  })

  it.each([
    ['nobody can be reached', () => ({}), /managed identity \(nobody answers at 169\.254\.169\.254\)/],
    [
      'the endpoint is that of Arc',
      () => ({ IDENTITY_ENDPOINT: 'http://localhost:40342', IMDS_ENDPOINT: 'http://x' }),
      /Arc/,
    ],
    [
      'the app has none',
      (url: string) => ({ IDENTITY_ENDPOINT: url + appService.path, IDENTITY_HEADER: appService.header }),
      /none is assigned/,
    ],
  ])('fail with the reason where %s', async (_, env, message) => {
    const { adapter } = await start(env, { identities: [] }, { fetch: withMetadata([], nobody) })
    await expect(adapter.findZone(zone)).rejects.toThrow(message)
  })

  it('are limited to those that AZURE_TOKEN_CREDENTIALS names', async () => {
    const tried = async (choice: string) => {
      const { adapter } = await start(
        () => ({ AZURE_TOKEN_CREDENTIALS: choice }),
        {},
        { fetch: withMetadata([], nobody) },
      )
      const { message } = await adapter.findZone(zone).then(
        () => ({ message: '' }),
        (error: Error) => error,
      )
      return [...message.matchAll(/(service principal|workload identity|managed identity|the az command) \(/g)].map(
        ([, title]) => title,
      )
    }
    expect(await tried('dev')).toEqual(['service principal', 'the az command'])
    expect(await tried(' Prod ')).toEqual(['service principal', 'workload identity', 'managed identity'])
    expect(await tried('WorkloadIdentityCredential')).toEqual(['service principal', 'workload identity'])
    await expect(start(() => ({ AZURE_TOKEN_CREDENTIALS: 'VisualStudioCodeCredential' }))).rejects.toMatchObject({
      kind: 'configuration',
      message: /AZURE_TOKEN_CREDENTIALS.*AzureCliCredential/,
    })
  })

  it('fail when the secret is wrong, without it', async () => {
    const { adapter } = await start(() => ({ ...principal, AZURE_CLIENT_SECRET: 'canary' }))
    const error = await adapter.findZone(zone).catch((error: Error) => error)
    expect(error).toMatchObject({ kind: 'unauthorised', message: /invalid_client/ })
    expect(JSON.stringify(error) + (error as Error).stack).not.toContain('canary')
  })
})

function hanging(signal?: AbortSignal | null): Promise<Response> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
}
