import { describe, expect, it } from 'vitest'
import { network } from '../../test/network.ts'
import { rcode } from '../../test/scripted-dns.ts'
import { authoritative } from '../../test/zones.ts'
import { createResolver } from './resolver.ts'

const zone = authoritative({ 'example.test': ['@ NS ns1.example.test', 'www A 203.0.113.1'] })
const question = { name: 'www.example.test', type: 'A' } as const

describe('asking a name server', () => {
  it.each([
    ['out of reach', undefined],
    ['silent', () => 'silent' as const],
    ['refusing', () => ({ rcode: rcode.REFUSED, aa: false })],
  ])('goes on to its next address when the first is %s', async (_, broken) => {
    const client = network({ ...(broken && { '192.0.2.1': broken }), '2001:db8::1': zone })
    const run = createResolver({ client, recursors: [] }).begin()
    const servers = [{ address: '192.0.2.1' }, { address: '2001:db8::1' }]
    const answer = await run.askNameServer(question, { name: 'ns1.example.test', servers })
    expect(answer).toMatchObject({ outcome: 'answer', server: { address: '2001:db8::1', name: 'ns1.example.test' } })
  })

  it('tells the failure at the first address when IPv6 cannot be reached at all', async () => {
    const run = createResolver({ client: network({ '192.0.2.1': () => 'silent' }), recursors: [] }).begin()
    const servers = [{ address: '192.0.2.1' }, { address: '2001:db8::1' }]
    expect(await run.askNameServer(question, { servers })).toMatchObject({ outcome: 'timed-out' })
  })

  it('says that a name server without an address is out of reach', async () => {
    const run = createResolver({ client: network({}), recursors: [] }).begin()
    const answer = await run.askNameServer(question, { name: 'ns1.example.test', servers: [] })
    expect(answer).toMatchObject({ outcome: 'unreachable', error: expect.stringContaining('ns1.example.test') })
  })
})

describe('a run', () => {
  it('remembers zones, but never the answers about records', async () => {
    const client = network({ '192.0.2.1': zone })
    const stubZones = [{ zone: 'example.test', servers: [{ address: '192.0.2.1' }] }]
    const resolver = createResolver({ client, stubZones, recursors: [] })
    const run = resolver.begin()
    const look = async (of: typeof run) => {
      await of.findZone(question.name)
      await of.lookUp(question)
    }
    await look(run)
    await look(run)
    const asked = (text: string) => client.asked.filter((line) => line.endsWith(text)).length
    expect([asked('www.example.test SOA'), asked('www.example.test A')]).toEqual([1, 2])
    await look(resolver.begin())
    expect(asked('www.example.test SOA')).toBe(2)
  })

  it('follows referrals inside a stub zone with the question itself', async () => {
    const child = authoritative({ 'sub.example.test': ['www A 203.0.113.7'] })
    const parent = authoritative({ 'example.test': ['sub NS ns.sub.example.test', 'ns.sub A 192.0.2.2'] })
    const client = network({ '192.0.2.1': parent, '192.0.2.2': child })
    const stubZones = [{ zone: 'example.test', servers: [{ address: '192.0.2.1' }] }]
    const run = createResolver({ client, stubZones, recursors: [] }).begin()
    const { records } = await run.lookUp({ name: 'www.sub.example.test', type: 'A' })
    expect(records.map(({ data }) => data)).toEqual(['203.0.113.7'])
    expect(client.asked).toEqual(['192.0.2.1 www.sub.example.test A', '192.0.2.2 www.sub.example.test A'])
  })

  /** Each zone has a server of its own, so that an answer holds one alias at a time. */
  const chain = (target: string) => {
    const zones = {
      'a.test': ['www CNAME www.b.test'],
      'b.test': ['www CNAME www.c.test'],
      'c.test': [`www CNAME ${target}`],
      'd.test': ['www A 203.0.113.9'],
    }
    const servers = Object.entries(zones).map(([name, lines], index) => ({
      zone: name,
      address: `192.0.2.${index + 1}`,
      script: authoritative({ [name]: lines }),
    }))
    const client = network(Object.fromEntries(servers.map(({ address, script }) => [address, script])))
    const stubZones = servers.map(({ zone: name, address }) => ({ zone: name, servers: [{ address }] }))
    return createResolver({ client, stubZones, recursors: [] }).begin()
  }

  it('follows aliases that servers give one at a time', async () => {
    const { outcome, records } = await chain('www.d.test').lookUp({ name: 'www.a.test', type: 'A' })
    expect(outcome).toBe('answer')
    expect(records.map(({ data }) => data)).toEqual(['www.b.test', 'www.c.test', 'www.d.test', '203.0.113.9'])
  })

  it('knows nothing of an alias that leads back to itself', async () => {
    const answer = await chain('www.b.test').lookUp({ name: 'www.a.test', type: 'A' })
    expect(answer).toMatchObject({ outcome: 'malformed', error: expect.stringContaining('leads back to itself') })
  })

  it('remembers no failure to find a zone', async () => {
    const scripts: Record<string, typeof zone> = {}
    const client = network(scripts)
    const run = createResolver({ client, recursors: [{ address: '192.0.2.53' }] }).begin()
    await expect(run.findZone('www.example.test')).rejects.toThrow('could not be found')
    scripts['192.0.2.53'] = authoritative({
      'example.test': ['@ NS ns1.example.test', 'ns1 A 192.0.2.1'],
    })
    expect(await run.findZone('www.example.test')).toMatchObject({ name: 'example.test' })
  })
})
