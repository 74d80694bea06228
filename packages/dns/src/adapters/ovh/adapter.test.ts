import { describe, expect, it, onTestFinished } from 'vitest'
import { ovhKeys, startOvh } from '../../../../../test-support/dns-services/ovh.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { thereAndBack, zoneOf } from '../../../test/there-and-back.ts'
import { ovhAdapter } from './adapter.ts'

const zone = 'example.test'
const sets = contractSets(zone)

async function start(credentials: object = {}) {
  const service = await startOvh([{ name: zone, sets }])
  onTestFinished(() => service.close())
  const chosen = Object.keys(credentials).length > 0 ? credentials : { accessToken: service.token }
  const config = { type: 'ovh', baseUrl: service.url, loginUrl: service.loginUrl, ...chosen } as const
  return { service, adapter: ovhAdapter(config, { sleep: async () => {} }) }
}

const { applicationKey, applicationSecret, consumerKey, clientId, clientSecret } = ovhKeys

describe('OVHcloud', () => {
  describe.each([
    ['a token', {}],
    ['a service account', { clientId, clientSecret }],
    ['signed requests', { applicationKey, applicationSecret, consumerKey }],
  ])('with %s', (_, credentials) => {
    adapterContract(async () => {
      const { service, adapter } = await start(credentials)
      return { adapter, zone, dump: async () => service.served(zone), close: async () => {} }
    })
  })

  it('signs by the clock of the service', async () => {
    const service = await startOvh([{ name: zone, sets }], { now: () => Date.now() - 3_600_000 })
    onTestFinished(() => service.close())
    const adapter = ovhAdapter({ type: 'ovh', baseUrl: service.url, applicationKey, applicationSecret, consumerKey })
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone, nameServers: ['dns100.ovh.net', 'ns100.ovh.net'] })
  })

  it('publishes the changes of several names in one step', async () => {
    const { service, adapter } = await start()
    const refreshes = () => service.requests.filter(({ url }) => url.pathname.endsWith('/refresh')).length
    await thereAndBack(adapter, [`_dmarc.${zone}`, `mta-sts.${zone}`, `_mta-sts.${zone}`], () => {
      expect(refreshes()).toBe(1)
      expect(service.served(zone)).toContain(`mta-sts.${zone}. 300 IN CNAME k.test.`)
    })
    expect(refreshes()).toBe(2)
  })

  it('serves nothing in between when a write fails in the middle', async () => {
    const { service, adapter } = await start()
    const before = service.served(zone)
    service.failNext({ status: 400, body: { message: 'Broken on purpose' } }, 1, 'POST')
    await expect(thereAndBack(adapter, [`mta-sts.${zone}`])).rejects.toMatchObject({ rolledBack: true })
    expect(service.served(zone)).toEqual(before)
    expect(service.dump(zone)).toEqual(before)
  })

  it('takes an entry of the panel for the TXT that it is, and puts it back as one', async () => {
    const name = `_dmarc.${zone}`
    const policy = 'v=DMARC1; p=none'
    const entry = {
      name,
      type: 'TXT',
      ttl: 3600,
      values: [`"${policy}"`],
      native: { fieldType: 'DMARC', target: policy, ttl: 0 },
    }
    const service = await startOvh([{ name: zone, sets: [entry] }])
    onTestFinished(() => service.close())
    const adapter = ovhAdapter({ type: 'ovh', baseUrl: service.url, accessToken: service.token })
    expect(await adapter.read(await zoneOf(adapter, zone), [name])).toMatchObject([
      { type: 'TXT', values: [`"${policy}"`] },
    ])
    await thereAndBack(adapter, [name])
    expect(service.served(zone)).toEqual([`${name}. 3600 IN TXT "${policy}" ; {"ttl":0}`])
  })

  it.each([
    ['token', { accessToken: 'canary-token' }],
    ['client secret', { clientId, clientSecret: 'canary-secret' }],
    ['application secret', { applicationKey, applicationSecret: 'canary-secret', consumerKey }],
  ])('fails on a wrong %s without showing it', async (_, credentials) => {
    const { adapter } = await start(credentials)
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised' })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })

  it('says which credentials it takes when it has none', () => {
    expect(() => ovhAdapter({ type: 'ovh', applicationKey })).toThrow(
      /applicationKey, applicationSecret and consumerKey/,
    )
  })
})
