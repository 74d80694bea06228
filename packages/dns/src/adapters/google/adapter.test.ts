import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGoogle } from '../../../../../test-support/dns-services/google.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import type { GoogleConfig } from '../../services/google.ts'
import { googleAdapter } from './adapter.ts'

const zone = 'example.test'
const sleep = async () => {}

async function start(
  zones: Parameters<typeof startGoogle>[0],
  options = {},
  more: Partial<GoogleConfig> = {},
  env = {},
) {
  const service = await startGoogle(zones, options)
  onTestFinished(() => service.close())
  const config: GoogleConfig = { type: 'google', baseUrl: `${service.url}/dns/v1`, ...more }
  if (Object.keys(more).every((field) => field === 'managedZone')) config.credentials = service.credentials
  return { service, adapter: await googleAdapter(config, { sleep, env }) }
}

describe('Google Cloud DNS', () => {
  adapterContract(async () => {
    const { service, adapter } = await start([{ name: zone, sets: contractSets(zone) }])
    return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
  })

  it('finds a zone among 30 over several pages, never a private one', async () => {
    const zones: Parameters<typeof startGoogle>[0] = Array.from({ length: 30 }, (_, index) => ({
      name: `z${index}.test`,
      sets: [],
    }))
    zones.push({ name: 'sub.z29.test', visibility: 'private', sets: [] })
    const { service, adapter } = await start(zones, { ignoresFilters: true, pageSize: 7 })
    expect(await adapter.findZone('_dmarc.sub.z29.test')).toEqual({
      id: 'zone-29',
      name: 'z29.test',
      nameServers: ['ns-cloud-a1.googledomains.com'],
    })
    expect(service.requests.filter((request) => request.url.pathname.endsWith('managedZones')).length).toBeGreaterThan(
      3,
    )
  })

  it('fails when two public zones have the name, until the configuration names one', async () => {
    const zones = [
      { name: zone, sets: [] },
      { name: zone, sets: [] },
    ]
    const both = await start(zones)
    await expect(both.adapter.findZone(zone)).rejects.toMatchObject({ kind: 'configuration', message: /managedZone/ })
    const [, id] = /: \S+, (\S+)\./.exec(String(await both.adapter.findZone(zone).catch((error) => error))) ?? []
    const chosen = await start(zones, {}, { managedZone: id })
    expect(await chosen.adapter.findZone(zone)).toMatchObject({ id })
  })

  it('signs in once for many requests, with a JWT that the token endpoint verifies', async () => {
    const { service, adapter } = await start([{ name: zone, sets: [] }])
    await Promise.all([adapter.findZone(`_dmarc.${zone}`), adapter.findZone(`mta-sts.${zone}`)])
    await adapter.findZone(zone)
    expect(service.requests.filter((request) => request.url.pathname === '/token')).toHaveLength(1)
  })

  it('takes the credentials that gcloud left behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gcloud-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const { service } = await start([{ name: zone, sets: [] }])
    const user = { type: 'authorized_user', client_id: 'c', client_secret: 'secret-1', refresh_token: 'refresh-1' }
    const file = join(folder, 'application_default_credentials.json')
    await writeFile(
      file,
      JSON.stringify({ ...user, quota_project_id: 'my-project', token_uri: `${service.url}/token` }),
    )
    const config = { type: 'google', baseUrl: `${service.url}/dns/v1` } as const
    const adapter = await googleAdapter(config, { sleep, env: { CLOUDSDK_CONFIG: folder } })
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
  })

  it('waits and tries again on a rate limit, which comes as 403', async () => {
    const { service, adapter } = await start([{ name: zone, sets: [] }])
    await adapter.findZone(zone)
    const body = { error: { code: 403, message: 'Rate Limit Exceeded', errors: [{ reason: 'rateLimitExceeded' }] } }
    service.failNext({ status: 403, body }, 2)
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
  })

  it('tells of a quota that waiting a minute does not renew, without waiting', async () => {
    const { service, adapter } = await start([{ name: zone, sets: [] }])
    await adapter.findZone(zone)
    const message = 'Daily Limit Exceeded'
    service.failNext({ status: 403, body: { error: { code: 403, message, errors: [{ reason: 'quotaExceeded' }] } } }, 9)
    const asked = service.requests.length
    await expect(adapter.findZone(zone)).rejects.toMatchObject({ kind: 'refused', message: /Daily Limit Exceeded/ })
    expect(service.requests.length - asked).toBe(1)
  })

  it('fails without a project, on a broken key and on a wrong refresh token, without any secret in the error', async () => {
    await expect(start([], {}, { accessToken: 't' })).rejects.toMatchObject({
      kind: 'configuration',
      message: /project/,
    })
    const broken = {
      type: 'service_account',
      project_id: 'my-project',
      private_key_id: 'k',
      private_key: 'canary',
      client_email: 'c',
      token_uri: 'https://127.0.0.1:1',
    }
    const withKey = await start([], {}, { credentials: JSON.stringify(broken) })
    const first = await withKey.adapter.findZone(zone).catch((error: Error) => error)
    expect(first).toMatchObject({ kind: 'unauthorised', message: /private key/ })
    const user = {
      type: 'authorized_user',
      client_id: 'c',
      client_secret: 'canary',
      refresh_token: 'canary',
      token_uri: `${withKey.service.url}/token`,
    }
    const withUser = await start([], {}, { project: 'my-project', credentials: JSON.stringify(user) })
    const second = await withUser.adapter.findZone(zone).catch((error: Error) => error)
    expect(second).toMatchObject({ kind: 'unauthorised', message: /invalid_grant/ })
    for (const error of [first, second] as Error[]) expect(JSON.stringify(error) + error.stack).not.toContain('canary')
  })

  it.each<[string, RegExp]>([
    ['{', /credentials is not JSON/],
    [
      '{"type":"gdch_service_account"}',
      /a type that is not supported; supported are service_account, authorized_user, external_account/,
    ],
    ['{"type":"authorized_user","client_id":"c"}', /lacks "client_secret"/],
  ])('fails on credentials %s', async (credentials, message) => {
    await expect(start([], {}, { credentials })).rejects.toThrow(message)
  })
})
