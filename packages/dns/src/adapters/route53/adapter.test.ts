import { describe, expect, it, onTestFinished } from 'vitest'
import { failure, startRoute53 } from '../../../../../test-support/dns-services/route53.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import type { RecordSet } from '../../engine/types.ts'
import { undo } from '../../engine/undo.ts'
import { parseAdapterConfig } from '../config.ts'
import { route53Adapter } from './adapter.ts'
import { fromRoute53Name, toRoute53Name } from './names.ts'

const zone = 'example.test'
type Zones = Parameters<typeof startRoute53>[0]

async function start(zones: Zones, options?: Parameters<typeof startRoute53>[1], more = {}) {
  const service = await startRoute53(zones, options)
  onTestFinished(() => service.close())
  const pauses: number[] = []
  const adapter = await route53Adapter(
    { type: 'route53', endpoint: service.url, ...service.credentials, ...more },
    { sleep: async (milliseconds) => void pauses.push(milliseconds) },
  )
  onTestFinished(() => adapter.close?.())
  return { service, adapter, pauses }
}

describe('Route 53', () => {
  // Pages of two sets stand for zones too large for one answer, and make any name with three sets span several.
  describe.each([
    ['that fit into one answer', 300],
    ['that are read name by name', 2],
  ])('with zones %s', (_, setsPerPage) => {
    adapterContract(async () => {
      const { service, adapter } = await start([{ name: zone, sets: contractSets(zone) }], { setsPerPage })
      return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
    })
  })

  describe('through a fetch of the caller', () => {
    adapterContract(async () => {
      const service = await startRoute53([{ name: zone, sets: contractSets(zone) }])
      let sent = 0
      const counting: typeof fetch = (...request) => {
        sent++
        return fetch(...request)
      }
      const config = { type: 'route53', endpoint: service.url, ...service.credentials } as const
      const adapter = await route53Adapter(config, { fetch: counting, sleep: async () => {} })
      const close = async () => {
        await adapter.close?.()
        await service.close()
        expect(sent).toBe(service.requests.length)
      }
      return { adapter, zone, dump: async () => service.dump(zone), close }
    })

    it('says what is wrong with the network in words, and never repeats a write for it', async () => {
      const cause = Object.assign(new Error('x'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' })
      let tries = 0
      const broken: typeof fetch = async () => {
        tries++
        throw new TypeError('fetch failed', { cause })
      }
      const config = { type: 'route53', accessKeyId: 'AKIA', secretAccessKey: 'secret' } as const
      const adapter = await route53Adapter(config, { fetch: broken, sleep: async () => {} })
      onTestFinished(() => adapter.close?.())
      const after = [{ name: `x.${zone}`, type: 'CNAME', ttl: 60, values: ['k.test.'] }]
      const attempt = adapter.write({ id: 'Z1', name: zone }, [{ name: `x.${zone}`, before: [], after }])
      await expect(attempt).rejects.toMatchObject({
        kind: 'unavailable',
        message: /issuer this machine does not trust/,
      })
      expect(tries).toBe(1)
    })
  })

  it('finds a zone among 30 over several pages, the longest one, and never a private one', async () => {
    const zones: Zones = Array.from({ length: 28 }, (_, index) => ({ name: `z${index}.example.test`, sets: [] }))
    zones.push({ name: zone, sets: [] }, { name: 'secret.example.test', isPrivate: true, sets: [] })
    zones.push({ name: 'example-1.test', sets: [] }, { name: 'other.test', sets: [] })
    const { service, adapter } = await start(zones, { zonesPerPage: 7 })
    expect(await adapter.findZone('_dmarc.z27.example.test')).toMatchObject({ name: 'z27.example.test' })
    expect(service.requests.length).toBeGreaterThan(3)
    expect(await adapter.findZone('_dmarc.secret.example.test')).toEqual({ id: 'Z28', name: zone })
  })

  it('asks once for names that are looked up together, and for those after', async () => {
    const { service, adapter } = await start([{ name: zone, sets: [] }])
    await Promise.all(['a', 'b', 'c', 'd'].map((label) => adapter.findZone(`${label}.example.test`)))
    await adapter.findZone('e.example.test')
    expect(service.requests.map((request) => request.url.pathname)).toEqual(['/2013-04-01/hostedzonesbyname'])
  })

  it('finds a zone made and delegated a moment ago, though its list of zones is older', async () => {
    const zones: Zones = [{ name: zone, sets: [] }]
    const { service, adapter } = await start(zones)
    await adapter.findZone(`_dmarc.${zone}`)
    service.addZone({ name: `sub.${zone}`, sets: [] })
    service.addSet(zone, { name: `sub.${zone}`, type: 'NS', ttl: 300, values: ['ns-1.awsdns-01.org.'] })
    const { items } = await plan([{ name: `_dmarc.sub.${zone}`, type: 'CNAME', value: 'k.test' }], adapter)
    expect(items).toMatchObject([{ action: 'create', zone: { name: `sub.${zone}` } }])
  })

  it.each([
    ['own', ['ns-1.awsdns-01.org'], 'create', 0],
    ["domain's own names for the", ['ns1.vanity.test'], 'create', 0],
    ["service's, which the zone itself does not name", ['ns-2.awsdns-02.com'], 'create', 1],
    ['somebody else’s', ['ns.elsewhere.test'], 'blocked', 1],
  ])('knows a delegation to its %s servers, asking for them only in doubt', async (_, delegatedTo, action, asked) => {
    const apex = { name: zone, type: 'NS', ttl: 300, values: ['ns-1.awsdns-01.org.', 'ns1.vanity.test.'] }
    const { service, adapter } = await start([{ name: zone, sets: [apex] }])
    const wanted = [{ name: `_dmarc.${zone}`, type: 'CNAME', value: 'k.test' }] as const
    const { items } = await plan(wanted, adapter, { delegation: async () => delegatedTo })
    expect(items[0]?.action).toBe(action)
    expect(service.requests.filter(({ url }) => url.pathname === '/2013-04-01/hostedzone/Z0')).toHaveLength(asked)
  })

  it('fails when two public zones have the name, until the configuration names one', async () => {
    const zones: Zones = [
      { name: zone, sets: [] },
      { name: zone, sets: [] },
    ]
    const { adapter } = await start(zones)
    await expect(adapter.findZone(zone)).rejects.toMatchObject({
      kind: 'configuration',
      message: /Z0, Z1.*hostedZoneId/,
    })
    const chosen = await start(zones, {}, { hostedZoneId: 'Z1' })
    expect(await chosen.adapter.findZone(zone)).toMatchObject({ id: 'Z1' })
  })

  it.each([2, 300])(
    'takes out alias and weighted sets and puts them back with all their settings, read by %i',
    async (setsPerPage) => {
      const alias =
        '<AliasTarget><HostedZoneId>Z2</HostedZoneId><DNSName>lb.test.</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>'
      const weighted = (id: string): RecordSet => ({
        name: '_dmarc.example.test',
        type: 'TXT',
        ttl: 60,
        values: [`"${id}"`],
        native: `<SetIdentifier>${id}</SetIdentifier><Weight>7</Weight>`,
      })
      const sets = [
        weighted('one'),
        weighted('two'),
        weighted('three'),
        { name: 'mta-sts.example.test', type: 'A', ttl: 0, values: [], native: alias },
      ]
      const { service, adapter } = await start([{ name: zone, sets }], { setsPerPage })
      const before = service.dump(zone)
      const records = ['_dmarc', 'mta-sts'].map((label) => ({
        name: `${label}.${zone}`,
        type: 'CNAME' as const,
        value: 'k.test',
      }))
      const planned = await plan(records, adapter, { conflict: 'replace' })
      const { journal } = await apply(planned, adapter, { journals: memoryJournalStore() })
      expect(service.dump(zone)).toEqual([
        '_dmarc.example.test. 300 IN CNAME k.test.',
        'mta-sts.example.test. 300 IN CNAME k.test.',
      ])
      if (!journal) throw new Error('no journal')
      await undo(journal, adapter)
      expect(service.dump(zone)).toEqual(before)
    },
  )

  it('goes on after throttling', async () => {
    const { service, adapter } = await start([{ name: zone, sets: [] }])
    service.failNext(failure(400, 'Throttling', 'Rate exceeded'), 2)
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
  })

  it('repeats a batch that was too much at once, and none that may have been carried out', async () => {
    const { service, adapter, pauses } = await start([{ name: zone, sets: [] }])
    const hosted = await adapter.findZone(zone)
    if (!hosted) throw new Error('no zone')
    const name = '_dmarc.example.test'
    const change = { name, before: [], after: [{ name, type: 'CNAME', ttl: 300, values: ['k.test.'] }] }
    const posts = () => service.requests.filter((request) => request.method === 'POST').length
    service.failNext(failure(503, 'ServiceUnavailable', 'Broken on purpose.'), 1, 'POST')
    await expect(adapter.write(hosted, [change])).rejects.toMatchObject({ kind: 'unavailable' })
    expect(posts()).toBe(1)
    service.failNext(failure(400, 'PriorRequestNotComplete', 'Another change is under way.'), 2, 'POST')
    await adapter.write(hosted, [change])
    expect([posts(), pauses]).toEqual([4, [1000, 2000]])
  })

  it('slows down for a fleet to what the account is given, for reading and for writing', async () => {
    const fleet = Array.from({ length: 12 }, (_, index) => `z${index}.test`)
    const service = await startRoute53(
      fleet.map((name) => ({ name, sets: [] })),
      { requestsPerSecond: 8 },
    )
    onTestFinished(() => service.close())
    const adapter = await route53Adapter({ type: 'route53', endpoint: service.url, ...service.credentials })
    const records = fleet.map((name) => ({ name: `_dmarc.${name}`, type: 'CNAME' as const, value: 'k.test' }))
    await Promise.all(
      records.map(async (record) => {
        await apply(await plan([record], adapter), adapter, { journals: memoryJournalStore() })
      }),
    )
    for (const name of fleet) expect(service.dump(name)).toEqual([`_dmarc.${name}. 300 IN CNAME k.test.`])
    expect(service.refused()).toBeGreaterThan(0)
  }, 60_000)

  it('gives up when the account is given nothing, and when a service is broken or a zone busy for long', async () => {
    const { service, adapter } = await start([{ name: zone, sets: [] }])
    service.failNext(failure(400, 'Throttling', 'Rate exceeded'), 50)
    await expect(adapter.findZone(zone)).rejects.toMatchObject({ kind: 'throttled' })
    service.failNext(failure(503, 'ServiceUnavailable', 'Broken on purpose.'), 3)
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    service.failNext(failure(503, 'ServiceUnavailable', 'Broken on purpose.'), 4)
    await expect(adapter.read({ id: 'Z0', name: zone }, [zone])).rejects.toMatchObject({ kind: 'unavailable' })
    service.failNext(failure(400, 'PriorRequestNotComplete', 'Another change is under way.'), 6)
    await expect(adapter.write({ id: 'Z0', name: zone }, [])).rejects.toMatchObject({ kind: 'throttled' })
  })

  it('fails with the cause when the signature is wrong or the right is missing, without any secret in the error', async () => {
    const secretAccessKey = 'canary-secret-access-key'
    const { service, adapter } = await start([{ name: zone, sets: [] }], {}, { secretAccessKey })
    const wrong = await adapter.findZone(zone).catch((error: Error) => error)
    expect(wrong).toMatchObject({ kind: 'unauthorised', message: /does not belong to the access key id/ })
    service.failNext(failure(403, 'AccessDenied', 'User is not authorized to perform: route53:ListHostedZonesByName'))
    const denied = await adapter.findZone(zone).catch((error: Error) => error)
    expect(denied).toMatchObject({ kind: 'forbidden', message: /Allow route53:/ })
    expect(dump(wrong) + dump(denied)).not.toContain('canary')
  })

  it('understands a batch error with and without the usual envelope', async () => {
    const { service, adapter } = await start([{ name: zone, sets: [] }])
    const hosted = await adapter.findZone(zone)
    if (!hosted) throw new Error('no zone')
    const name = '_dmarc.example.test'
    const change = { name, before: [], after: [{ name, type: 'CNAME', ttl: 300, values: ['k.test.'] }] }
    const text = `Tried to create resource record set [name='${name}.', type='CNAME'] but it already exists`
    service.failNext(failure(400, 'InvalidChangeBatch', `[${text}]`))
    await expect(adapter.write(hosted, [change])).rejects.toMatchObject({ kind: 'changed', message: /already exists/ })
    const bare = `<?xml version="1.0"?><InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Messages><Message>${text}</Message></Messages></InvalidChangeBatch>`
    service.failNext({ status: 400, body: bare })
    await expect(adapter.write(hosted, [change])).rejects.toMatchObject({ kind: 'changed', message: /already exists/ })
  })

  it('tells of a page that a proxy sent in the place of an answer, not of the parser', async () => {
    const { service, adapter } = await start([{ name: zone, sets: [] }])
    for (const [status, body] of [
      [500, '<html><body>Bad & gateway</body></html>'],
      [502, '<html><p>Bad gateway'],
      [503, 'Service Unavailable'],
    ] as const) {
      service.failNext({ status, body }, 4)
      await expect(adapter.findZone(zone, { fresh: true })).rejects.toMatchObject({
        kind: 'unavailable',
        message: `Route 53 answered ${status} with something that is not an answer of the API. Try again later.`,
      })
    }
  })

  it.each(['Z1', '/hostedzone/Z1', 'hostedzone/Z1'])('takes the id of a zone as %s', (hostedZoneId) => {
    expect(parseAdapterConfig({ type: 'route53', hostedZoneId }, {})).toMatchObject({ hostedZoneId: 'Z1' })
  })

  it('translates names with octal escapes both ways', () => {
    expect(fromRoute53Name('\\052.Example.TEST.')).toBe('*.example.test')
    expect(fromRoute53Name('a\\056b\\040c.test.')).toBe('a\\.b\\032c.test')
    for (const name of ['_dmarc.example.test', 'a\\.b\\032c.test'])
      expect(fromRoute53Name(toRoute53Name(name))).toBe(name)
  })
})

/** Everything an error carries, as a careless logger would print it. */
function dump(error: unknown): string {
  const seen: unknown[] = []
  for (let current = error; current instanceof Error; current = current.cause)
    seen.push({ ...current, text: `${current.stack}` })
  return JSON.stringify(seen)
}
