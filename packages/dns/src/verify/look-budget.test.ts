import { hostedNames, recordKinds } from '@dmarc-as-code/records'
import { afterEach, describe, expect, it } from 'vitest'
import { rcode, type Script, type ScriptedDns, startScriptedDns } from '../../test/scripted-dns.ts'
import { targets, world } from '../../test/world.ts'
import { recursive, type Zones } from '../../test/zones.ts'
import { createResolver } from '../observe/resolver.ts'
import { createBulkDnsClient } from '../transport/bulk-client.ts'
import { createDnsClient } from '../transport/client.ts'
import type { DnsClient } from '../transport/types.ts'
import { verifyDomain } from './verify-domain.ts'

const victim = '192.0.2.66'
const recursor = '192.0.2.53'
const expected = Object.fromEntries(recordKinds.map((kind) => [kind, { target: targets[kind], txt: 'v=x' }]))

const closing: (() => unknown)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** A real client whose questions to an address go to a server on loopback, which counts every packet. */
async function network(scripts: Record<string, Script>, client: DnsClient) {
  const servers = new Map<string, ScriptedDns>()
  for (const [address, script] of Object.entries(scripts)) servers.set(address, await startScriptedDns(script))
  closing.push(...[...servers.values()].map((server) => () => server.close()))
  const routed: DnsClient = {
    query(question, server, options) {
      const there = 'address' in server ? servers.get(server.address) : undefined
      if (!there) throw new Error(`nobody may be asked but the servers of the test: ${JSON.stringify(server)}`)
      return client.query(question, { address: there.address, port: there.port }, options)
    },
  }
  return { client: routed, packets: (address: string) => servers.get(address)?.queries.length ?? 0 }
}

const hosts = (zone: string, count: number) => [
  ...Array.from({ length: count }, (_, i) => `@ NS n${i}.${zone}`),
  ...Array.from({ length: count }, (_, i) => `n${i} A ${victim}`),
]

/** Zones whose owner has put 300 name servers at one address, by what of the look they are in the way of. */
const shapes: Record<string, { zones: Zones; broken?: string }> = {
  'the domain itself': {
    zones: { test: ['@ NS ns.test', `ns A ${victim}`], 'example.test': hosts('example.test', 300) },
  },
  'its parent': { zones: { test: hosts('test', 300), 'example.test': ['@ NS ns.example.test', `ns A ${victim}`] } },
  'both, and the target of its records': {
    zones: {
      test: hosts('test', 300),
      'example.test': hosts('example.test', 300),
      'hosted.test': hosts('hosted.test', 300),
    },
  },
  'the parent of a domain that resolvers fail to find': { zones: { test: hosts('test', 300) }, broken: 'example.test' },
}

const behaviours: Record<string, Script> = {
  refuses: () => ({ rcode: rcode.REFUSED, aa: false }),
  'is silent': () => 'silent',
  'drops EDNS': ({ edns }) => (edns ? 'silent' : { rcode: rcode.SERVFAIL }),
  'knows no EDNS': ({ edns }) => (edns ? { rcode: rcode.FORMERR, noEdns: true } : { rcode: rcode.SERVFAIL }),
  'truncates everything': ({ transport }) => (transport === 'udp' ? { tc: true } : { rcode: rcode.REFUSED }),
  'truncates everything and refers to others': ({ transport, name }) =>
    transport === 'udp'
      ? { tc: true }
      : { aa: false, authorities: [{ name, type: 'NS', ttl: 5, data: 'n1.example.test' }] },
}

const cases = Object.keys(shapes).flatMap((shape) => Object.keys(behaviours).map((behaviour) => ({ shape, behaviour })))

describe('one look at all names of a domain', () => {
  it.each(cases)('sends at most 16 packets to an address that $behaviour, named 300 times for $shape', async (row) => {
    const { zones, broken } = shapes[row.shape] as (typeof shapes)[string]
    const knows = recursive(zones)
    const failing: Script = (query) =>
      broken !== undefined && query.name.endsWith(broken) ? { rcode: rcode.SERVFAIL, aa: false } : knows(query)
    for (const plain of [true, false]) {
      const bulk = createBulkDnsClient()
      closing.push(() => bulk.close())
      const scripts = { [victim]: behaviours[row.behaviour] as Script, [recursor]: failing }
      const { client, packets } = await network(scripts, plain ? createDnsClient() : bulk)
      const resolver = createResolver({ client, recursors: [{ address: recursor }], timeout: 60 })
      const { records } = await verifyDomain({ domain: 'example.test', expected, resolver })
      expect(packets(victim)).toBeGreaterThan(0)
      expect(packets(victim)).toBeLessThanOrEqual(16)
      expect(packets(victim) + packets(recursor)).toBeLessThanOrEqual(256)
      for (const record of Object.values(records)) expect(record.cname.status).not.toBe('verified')
    }
  })

  it('asks every name at machines beyond the budget in part, names the others, and counts them for nothing', async () => {
    const names = hostedNames('example.test')
    const records = recordKinds.map((kind) => `${names[kind].replace('.example.test', '')} CNAME ${targets[kind]}`)
    const ns = Array.from({ length: 13 }, (_, i) => `n${i}.example.net`)
    const machines = ns.flatMap((_, i) => Array.from({ length: 4 }, (_, j) => `10.0.${i}.${j}`))
    const lines = machines.map((address, i) => `n${Math.floor(i / 4)} A ${address}`)
    const { client, resolver } = world({ ns, hosts: lines, machines, records })
    const verdict = await verifyDomain({ domain: 'example.test', expected, resolver })
    expect(client.asked.length).toBeLessThanOrEqual(256)
    for (const kind of recordKinds) {
      const cname = verdict.records[kind]?.cname
      expect(cname).toMatchObject({ status: 'verified', vantage: 'authoritative' })
      const told = cname?.asked.map(({ address }) => address) ?? []
      // Every name at its first address before any at its second.
      expect(new Set(told.map((address) => address.split('.')[2])).size).toBe(13)
      const unasked = machines.filter((address) => !told.includes(address))
      expect(unasked.length).toBeGreaterThan(0)
      for (const address of unasked) expect(cname?.detail).toContain(address)
    }
  })

  it('ends when its time is up, and says nothing about the names it could not ask about', async () => {
    const zones: Zones = { test: ['@ NS ns.test', `ns A ${victim}`], 'example.test': hosts('example.test', 3) }
    const scripts = { [victim]: (() => 'silent') as Script, [recursor]: recursive(zones) }
    const { client } = await network(scripts, createDnsClient())
    // Each question alone may take longer than the look.
    const resolver = createResolver({ client, recursors: [{ address: recursor }], timeout: 60_000 })
    const { records } = await verifyDomain({ domain: 'example.test', expected, resolver, timeout: 400 })
    for (const kind of recordKinds) expect(records[kind]?.cname).toMatchObject({ reason: 'unknown' })
  })
})
