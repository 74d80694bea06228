import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type GoogleStandIn, startGoogle, subjectToken } from '../../../../../test-support/dns-services/google.ts'
import type { GoogleConfig } from '../../services/google.ts'
import { parseAdapterConfig } from '../config.ts'
import { googleAdapter } from './adapter.ts'

const zone = 'example.test'
type Env = Record<string, string | undefined>

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'gcloud-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

async function fileOf(content: string | object): Promise<string> {
  const file = join(await folder(), 'file')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

/** What a process with this environment does; no gcloud is signed in unless it says so. */
async function start(
  env: (service: GoogleStandIn) => Env | Promise<Env>,
  context: Parameters<typeof googleAdapter>[1] = {},
) {
  const service = await startGoogle([{ name: zone, sets: [] }])
  onTestFinished(() => service.close())
  const full: Env = { CLOUDSDK_CONFIG: await folder(), ...(await env(service)) }
  const config = parseAdapterConfig({ type: 'google', baseUrl: `${service.url}/dns/v1` }, full) as GoogleConfig
  const open = () => googleAdapter(config, { sleep: async () => {}, env: full, ...context })
  const find = async () => (await open()).findZone(zone)
  const paths = () => service.requests.map(({ url }) => url.pathname).filter((path) => !path.startsWith('/dns'))
  return { service, open, find, paths, config: full.CLOUDSDK_CONFIG as string }
}

/** The machine's own metadata server is what `answer` says; everything else passes. */
const withMetadata =
  (answer: (url: URL, init: RequestInit) => Promise<Response>): typeof fetch =>
  (input, init = {}) => {
    const url = new URL(String(input))
    return url.host === '169.254.169.254' ? answer(url, init) : fetch(input, init)
  }

const nobody = () => Promise.reject(new TypeError('fetch failed'))
const hanging = (_: URL, { signal }: RequestInit) =>
  new Promise<Response>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
const refusesAll = withMetadata(() => expect.unreachable('the metadata server was asked'))

const federated = (json: object, more: Env = {}) =>
  fileOf(json).then((file) => ({
    GOOGLE_APPLICATION_CREDENTIALS: file,
    GOOGLE_CLOUD_PROJECT: 'my-project',
    ...more,
  }))

describe('Google credentials by workload identity federation', () => {
  it('exchange the token in a file, read again each time, and ask no metadata server', async () => {
    let now = Date.now()
    const token = await fileOf(`${subjectToken()}\n`)
    const { service, open, paths } = await start(({ external }) => federated(external({ file: token })), {
      fetch: refusesAll,
      clock: () => now,
    })
    const adapter = await open()
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    const renewed = subjectToken({ jti: 'renewed' })
    await writeFile(token, renewed)
    now += 3_600_000
    await adapter.findZone(zone)
    expect(paths()).toEqual(['/v1/token', '/v1/token'])
    const forms = service.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => new URLSearchParams(body))
    expect(forms[1]?.get('subject_token')).toBe(renewed)
  })

  it('exchange the token in a field of a JSON file', async () => {
    const token = await fileOf({ id_token: subjectToken() })
    const source = { file: token, format: { type: 'json', subject_token_field_name: 'id_token' } }
    const { find } = await start(({ external }) => federated(external(source)))
    expect(await find()).toMatchObject({ name: zone })
  })

  it('exchange the token of an address, as in GitHub Actions, for that of a service account', async () => {
    const { find, paths, service } = await start(({ external, subjectTokenSource, impersonationUrl }) => {
      const source = { ...subjectTokenSource, format: { type: 'json', subject_token_field_name: 'value' } }
      const lifetime = { service_account_impersonation: { token_lifetime_seconds: 1200 } }
      return federated(external(source, { service_account_impersonation_url: impersonationUrl, ...lifetime }))
    })
    expect(await find()).toMatchObject({ name: zone })
    expect(service.requests.find(({ body }) => body.includes('lifetime'))?.body).toContain('"1200s"')
    expect(paths()).toEqual([
      '/oidc',
      '/v1/token',
      '/v1/projects/-/serviceAccounts/robot@my-project.iam.gserviceaccount.com:generateAccessToken',
    ])
  })

  it('tell a client, or else whose quota a workforce uses', async () => {
    const token = await fileOf(subjectToken())
    const asked = async (more: object) => {
      const { find, service } = await start(({ external }) => federated(external({ file: token }, more)))
      await find()
      const request = service.requests.find(({ url }) => url.pathname === '/v1/token')
      return [request?.headers.authorization, new URLSearchParams(request?.body).get('options')]
    }
    const user = { workforce_pool_user_project: 'p1' }
    expect(await asked(user)).toEqual([undefined, '{"userProject":"p1"}'])
    const client = { client_id: 'c', client_secret: 's' }
    expect(await asked({ ...user, ...client })).toEqual([`Basic ${btoa('c:s')}`, null])
  })

  it.each([
    ['of another audience', { aud: 'https://other.test' }],
    ['of another subject', { sub: 'repo:fork/dns' }],
    ['that has expired', { exp: 1 }],
  ])('fail with a token %s, without showing it', async (_, claims) => {
    const token = await fileOf(subjectToken(claims))
    const { find } = await start(({ external }) => federated(external({ file: token })))
    const error = await find().catch((error: Error) => error)
    expect(error).toMatchObject({ kind: 'unauthorised', message: /workload identity federation.*invalid_grant/ })
    expect(JSON.stringify(error) + (error as Error).stack).not.toContain('eyJ')
  })

  it('fail with the words of Google where the service account may not be used', async () => {
    const token = await fileOf(subjectToken())
    const { find } = await start(({ external, url }) => {
      const service_account_impersonation_url = `${url}/v1/projects/-/serviceAccounts/other@x:generateAccessToken`
      return federated(external({ file: token }, { service_account_impersonation_url }))
    })
    await expect(find()).rejects.toMatchObject({ message: /service account\) answered 40\d/ })
  })

  it.each<[string, object, object, RegExp]>([
    ['has no source', {}, {}, /credential_source of .* has nothing; supported are a file or a url/],
    ['is of AWS', { environment_id: 'aws1', url: 'http://169.254.169.254' }, {}, /not those of AWS/],
    ['is an executable', { executable: { command: '/bin/true' } }, {}, /has executable; supported/],
    ['names a file that is missing', { file: '/nowhere/token' }, {}, /\/nowhere\/token.*ENOENT/],
    ['names no field', { file: '/x', format: { type: 'json' } }, {}, /subject_token_field_name is missing/],
    [
      'sends tokens over plain http',
      { file: '/x' },
      { token_url: 'http://sts.test/v1/token' },
      /token_url must begin with https/,
    ],
    ['lacks its audience', { file: '/x' }, { audience: '' }, /audience is missing/],
  ])('fail plainly where the file %s', async (_, source, more, message) => {
    const { find } = await start(({ external }) => federated(external(source, more)), { fetch: refusesAll })
    await expect(find()).rejects.toThrow(message)
  })

  it.each([
    ['an empty file', '', undefined, /is empty/],
    [
      'a file without the field',
      '{"other":"x"}',
      { type: 'json', subject_token_field_name: 'id_token' },
      /has no text "id_token"/,
    ],
    [
      'a file that is not JSON',
      'canary',
      { type: 'json', subject_token_field_name: 'id_token' },
      /has no text "id_token"/,
    ],
  ])('fail plainly on %s', async (_, text, format, message) => {
    const file = await fileOf(text)
    const { find } = await start(({ external }) => federated(external({ file, ...(format ? { format } : {}) })))
    const error = await find().catch((error: Error) => error)
    expect(error).toMatchObject({ kind: 'unauthorised', message })
    expect(String(error)).not.toContain('canary')
  })

  it('fail without a project, which federation does not tell', async () => {
    const token = await fileOf(subjectToken())
    const { find } = await start(({ external }) =>
      federated(external({ file: token }), { GOOGLE_CLOUD_PROJECT: undefined }),
    )
    await expect(find()).rejects.toMatchObject({ kind: 'configuration', message: /GOOGLE_CLOUD_PROJECT/ })
  })
})

describe('Google credentials of gcloud', () => {
  const user = { type: 'authorized_user', client_id: 'c', client_secret: 'secret-1', refresh_token: 'refresh-1' }

  it('are taken before the metadata server, which is not asked', async () => {
    const { find, service, config } = await start(() => ({ GCLOUD_PROJECT: 'my-project' }), { fetch: refusesAll })
    const file = join(config, 'application_default_credentials.json')
    await writeFile(file, JSON.stringify({ ...user, token_uri: `${service.url}/token` }))
    expect(await find()).toMatchObject({ name: zone })
  })

  it('may be those of a service account that somebody acts as', async () => {
    const { find, paths } = await start(({ url, impersonationUrl }) =>
      federated({
        type: 'impersonated_service_account',
        service_account_impersonation_url: impersonationUrl,
        delegates: [],
        source_credentials: { ...user, client_id: 'developer', token_uri: `${url}/token` },
      }),
    )
    expect(await find()).toMatchObject({ name: zone })
    expect(paths()[0]).toBe('/token')
    expect(paths()).toHaveLength(2)
  })
})

describe('Google credentials of a machine', () => {
  it('are found out by asking, with the project, and kept', async () => {
    const asked: string[] = []
    const machine = (service: () => GoogleStandIn) =>
      withMetadata((url, init) => {
        asked.push(url.pathname)
        return fetch(new URL(url.pathname + url.search, service().url), init)
      })
    const started = await start(() => ({}), { fetch: machine(() => started.service) })
    const adapter = await started.open()
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    await adapter.findZone(zone)
    expect(asked).toEqual([
      '/',
      '/computeMetadata/v1/project/project-id',
      '/computeMetadata/v1/instance/service-accounts/default/token',
    ])
  })

  it.each(['GCE_METADATA_HOST', 'GCE_METADATA_IP'])(
    'are asked for where %s says, without finding out',
    async (name) => {
      const { find, paths } = await start(({ url }) => ({ [name]: new URL(url).host }), { fetch: refusesAll })
      expect(await find()).toMatchObject({ name: zone })
      expect(paths()).toEqual([
        '/computeMetadata/v1/project/project-id',
        '/computeMetadata/v1/instance/service-accounts/default/token',
      ])
    },
  )

  it.each<[string, Env, Parameters<typeof withMetadata>[0], RegExp]>([
    ['nobody answers', {}, nobody, /nobody answers at 169\.254\.169\.254/],
    ['nobody ever answers', {}, hanging, /nobody answers at 169\.254\.169\.254/],
    ['somebody else answers', {}, async () => new Response('Please sign in'), /nobody answers/],
    [
      'somebody else answers there for sure',
      { METADATA_SERVER_DETECTION: 'assume-present' },
      async () => new Response('x'),
      /what answers at 169\.254\.169\.254 is none/,
    ],
    ['it is switched off', { METADATA_SERVER_DETECTION: 'none' }, () => expect.unreachable(), /switched off/],
    ['it is switched off as in Python', { NO_GCE_CHECK: 'true' }, () => expect.unreachable(), /switched off/],
  ])('are missed soon and with all that was tried where %s', async (_, env, metadata, problem) => {
    const began = performance.now()
    const { find, config } = await start(() => env, { fetch: withMetadata(metadata) })
    const error = await find().catch((error: Error) => error)
    expect(error).toMatchObject({ kind: 'unauthorised', message: problem })
    const file = join(config, 'application_default_credentials.json')
    expect(String(error)).toContain(
      `Tried: GOOGLE_APPLICATION_CREDENTIALS (not set), ${file} (not there), the metadata server (`,
    )
    expect(performance.now() - began).toBeLessThan(3000)
  })

  it('are missed where the machine has no service account', async () => {
    const { find, service } = await start(({ url }) => ({ GCE_METADATA_HOST: url, GOOGLE_CLOUD_PROJECT: 'my-project' }))
    service.failNext({ status: 404, headers: { 'metadata-flavor': 'Google' } })
    await expect(find()).rejects.toThrow(/no service account is attached/)
  })

  it('stop being looked for when the caller aborts', async () => {
    const { open } = await start(() => ({ GOOGLE_CLOUD_PROJECT: 'my-project' }), { fetch: withMetadata(hanging) })
    const abort = new AbortController()
    const attempt = (await open()).findZone(zone, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(attempt).rejects.toThrow('enough')
  })
})
