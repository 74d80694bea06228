import { describe, expect, it, onTestFinished } from 'vitest'
import { azurePrincipal, startAzure } from '../../../../../test-support/dns-services/azure.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import type { AzureConfig } from '../../services/azure.ts'
import { azureAdapter } from './adapter.ts'
import type { AzureAuthContext } from './source.ts'

const zone = 'example.test'

async function start(
  zones: Parameters<typeof startAzure>[0],
  options = {},
  more: Partial<AzureConfig> = azurePrincipal,
  context: Partial<AzureAuthContext> = {},
) {
  const service = await startAzure(zones, options)
  onTestFinished(() => service.close())
  const config: AzureConfig = {
    type: 'azure',
    subscriptionId: 'sub-1',
    baseUrl: service.url,
    loginUrl: service.url,
    ...more,
  }
  return { service, adapter: azureAdapter(config, { sleep: async () => {}, env: {}, ...context }) }
}

describe('Azure DNS', () => {
  adapterContract(async () => {
    const { service, adapter } = await start([{ name: zone, sets: contractSets(zone) }])
    return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
  })

  it('finds a zone among 30 over several pages, never a private one', async () => {
    const zones: Parameters<typeof startAzure>[0] = Array.from({ length: 30 }, (_, index) => ({
      name: `z${index}.test`,
      sets: [],
    }))
    zones.push({ name: 'sub.z29.test', zoneType: 'Private', sets: [] })
    const { service, adapter } = await start(zones, { pageSize: 7 })
    expect(await adapter.findZone('_dmarc.sub.z29.test')).toMatchObject({
      name: 'z29.test',
      nameServers: ['ns1-01.azure-dns.com'],
    })
    expect(service.requests.filter((request) => request.url.pathname.endsWith('/dnsZones'))).toHaveLength(5)
  })

  it('fails when two resource groups have the zone, until the configuration names one', async () => {
    const zones = [
      { name: zone, group: 'one', sets: [] },
      { name: zone, group: 'two', sets: [] },
    ]
    const both = await start(zones)
    await expect(both.adapter.findZone(zone)).rejects.toMatchObject({ kind: 'configuration', message: /resourceGroup/ })
    const chosen = await start(zones, {}, { ...azurePrincipal, resourceGroup: 'two' })
    expect((await chosen.adapter.findZone(zone))?.id).toContain('/resourceGroups/two/')
  })

  it('does not carry its token to another host', async () => {
    const zones = Array.from({ length: 3 }, (_, index) => ({ name: `z${index}.test`, sets: [] }))
    const { adapter } = await start(zones, { pageSize: 1, linkHost: () => 'https://elsewhere.test' })
    await expect(adapter.findZone('z2.test')).rejects.toMatchObject({ kind: 'bad-answer', message: /elsewhere\.test/ })
  })

  it('follows links that are relative, and fails where one leads back, because the list is not complete', async () => {
    const zones = Array.from({ length: 3 }, (_, index) => ({ name: `z${index}.test`, sets: [] }))
    const relative = await start(zones, { pageSize: 1, linkHost: () => '' })
    expect(await relative.adapter.findZone('z2.test')).toMatchObject({ name: 'z2.test' })
    const circling = await start(zones)
    const nextLink = `${circling.service.url}/subscriptions/sub-1/providers/Microsoft.Network/dnsZones?again`
    circling.service.failNext({ status: 200, body: { value: [], nextLink } }, 4000, 'GET')
    await expect(circling.adapter.findZone('z2.test')).rejects.toMatchObject({ kind: 'bad-answer' })
  })

  it('reads on where a link spells out the port', async () => {
    const pages = [
      { value: [], nextLink: 'https://management.azure.com:443/next?api-version=2018-05-01' },
      { value: [{ id: '/zone', name: zone, properties: {} }] },
    ]
    const asked: string[] = []
    const get = async (url: string | URL | Request) => {
      asked.push(String(url))
      return Response.json(pages[asked.length - 1])
    }
    const adapter = azureAdapter({ type: 'azure', subscriptionId: 's', accessToken: 't' }, { fetch: get })
    expect(await adapter.findZone(zone)).toMatchObject({ id: '/zone' })
    expect(asked[1]).toBe('https://management.azure.com/next?api-version=2018-05-01')
  })

  it('signs in where a national cloud does, for its own endpoint', async () => {
    const forms: string[] = []
    const get = async (url: string | URL | Request, init?: RequestInit) => {
      if (init?.method !== 'POST') return Response.json({ value: [] })
      forms.push(`${url} ${new URLSearchParams(String(init.body)).get('scope')}`)
      return Response.json({ access_token: 'eyJ.example', expires_in: 3599 })
    }
    const config = { type: 'azure', subscriptionId: 's', baseUrl: 'https://management.usgovcloudapi.net' } as const
    await azureAdapter({ ...config, ...azurePrincipal }, { fetch: get }).findZone(zone)
    expect(forms).toEqual([
      'https://login.microsoftonline.us/tenant-1/oauth2/v2.0/token https://management.usgovcloudapi.net/.default',
    ])
  })

  it('reads a zone that fits into one answer by one request, and a larger one name by name', async () => {
    const sets = [...contractSets(zone), { name: `ds.${zone}`, type: 'DS', ttl: 60, values: ['1 13 2 ABCD'] }]
    const names = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls', 'ds'].map((label) => `${label}.${zone}`)
    const counted = async (options: Parameters<typeof startAzure>[1]) => {
      const { service, adapter } = await start([{ name: zone, sets }], options)
      const hosted = await adapter.findZone(zone)
      if (!hosted) throw new Error('no zone')
      const before = service.requests.length
      const found = await adapter.read(hosted, names)
      return { requests: service.requests.length - before, found }
    }
    const small = await counted({})
    expect(small.requests).toBe(1)
    const large = await counted({ setPageSize: 3 })
    const key = ({ name, type }: { name: string; type: string }) => `${name} ${type}`
    expect(large.found.map(key).sort()).toEqual(small.found.map(key).sort())
    expect(small.found.find(({ type }) => type === 'DS')?.values).toEqual(['1 13 2 ABCD'])
    // One list that was too short, then every type of the four names that are no CNAME.
    expect(large.requests).toBe(1 + 1 + 4 * 12)
  })

  it('lists its zones once for a fleet', async () => {
    const zones = Array.from({ length: 30 }, (_, index) => ({ name: `z${index}.test`, sets: [] }))
    const { service, adapter } = await start(zones)
    for (const { name } of zones) expect(await adapter.findZone(`_dmarc.${name}`)).toMatchObject({ name })
    expect(service.requests.filter(({ url }) => url.pathname.endsWith('/dnsZones'))).toHaveLength(1)
  })

  it('has everything as before, metadata too, after the CNAME was refused in the middle', async () => {
    const { service, adapter } = await start([{ name: zone, sets: contractSets(zone) }])
    const before = service.dump(zone)
    const planned = await plan([{ name: `mta-sts.${zone}`, type: 'CNAME', value: 'k.test' }], adapter, {
      conflict: 'replace',
    })
    service.failNext({ status: 400, body: { error: { code: 'BadRequest', message: 'Broken on purpose.' } } }, 1, 'PUT')
    const attempt = apply(planned, adapter, { journals: memoryJournalStore() })
    await expect(attempt).rejects.toMatchObject({ rolledBack: true, message: /Broken on purpose/ })
    expect(service.dump(zone)).toEqual(before)
  })
})
