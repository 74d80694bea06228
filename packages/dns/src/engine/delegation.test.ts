import { describe, expect, it } from 'vitest'
import { runCaptured } from '../../test/run-cli.ts'
import { createResolver } from '../observe/resolver.ts'
import type { DnsClient } from '../transport/types.ts'
import type { DnsMessage, DnsRecord } from '../wire/types.ts'
import { delegationFrom } from './delegation.ts'

const soa = (name: string): DnsRecord => ({
  name,
  type: 'SOA',
  ttl: 60,
  data: { mname: `ns1.${name}`, rname: `h.${name}`, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
})
const ns = (name: string, data: string): DnsRecord => ({ name, type: 'NS', ttl: 60, data })

/** A public tree in which `test` delegates `example.test` to one server, while the zone itself names another. */
const tree: Record<string, DnsRecord[]> = {
  'example.test SOA': [soa('example.test')],
  'example.test NS': [ns('example.test', 'ns.inside.test')],
  'test SOA': [soa('test')],
  'test NS': [ns('test', 'ns.parent.test')],
  'ns.inside.test A': [{ name: 'ns.inside.test', type: 'A', ttl: 60, data: '192.0.2.1' }],
  'ns.parent.test A': [{ name: 'ns.parent.test', type: 'A', ttl: 60, data: '192.0.2.2' }],
}

function client(answers: boolean): DnsClient {
  return {
    async query({ name, type }, server): Promise<DnsMessage> {
      const parent = 'address' in server && server.address === '192.0.2.2'
      const referral = parent && (name === 'example.test' || name.endsWith('.example.test'))
      const found = answers && !referral ? (tree[`${name} ${type}`] ?? []) : []
      return {
        id: 0,
        response: true,
        rcode: answers ? 'NOERROR' : 'SERVFAIL',
        opcode: 0,
        authoritative: !referral,
        truncated: false,
        recursionDesired: true,
        recursionAvailable: true,
        authenticData: false,
        checkingDisabled: false,
        question: { name, type },
        answers: found,
        authority: referral ? [ns('example.test', 'ns.outside.test')] : found.length > 0 ? [] : [soa('example.test')],
        additional: [],
        edns: undefined,
      }
    },
  }
}

const recursors = [{ address: '192.0.2.53' }]

describe('delegationFrom', () => {
  it('gives the servers that the parent zone delegates to', async () => {
    const delegation = delegationFrom(createResolver({ client: client(true), recursors }))
    expect(await delegation('example.test', {})).toEqual(['ns.outside.test'])
  })

  it('gives an empty list for a zone that the tree does not know, as for one beneath a zone that holds its name', async () => {
    const delegation = delegationFrom(createResolver({ client: client(true), recursors }))
    expect(await delegation('unknown.example.test', {})).toEqual([])
  })

  it('gives nothing when no server answers, so that a plan can go on', async () => {
    const delegation = delegationFrom(createResolver({ client: client(false), recursors }))
    expect(await delegation('example.test', {})).toBeUndefined()
  })

  it('no longer asks for a fleet when no server answered for its first zones', async () => {
    const silent = client(false)
    let asked = 0
    const counting: DnsClient = {
      query(...input) {
        asked++
        return silent.query(...input)
      },
    }
    const delegation = delegationFrom(createResolver({ client: counting, recursors }))
    for (let index = 0; index < 16; index++) await delegation(`fleet${index}.test`, {})
    const before = asked
    expect(await delegation('example.test', {})).toBeUndefined()
    expect([before > 0, asked - before]).toEqual([true, 0])
  })

  it('fails with the reason of the caller who aborts', async () => {
    const delegation = delegationFrom(createResolver({ client: client(true), recursors }))
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(delegation('example.test', { signal })).rejects.toThrow('enough')
  })
})

describe('dmarc-dns plan, for a zone whose parent delegates it to other servers', () => {
  // The DNS service as a program, which knows the zone by the servers it will have.
  const program = `process.stdin.on('data', (text) => {
    const { method } = JSON.parse(text)
    const zones = [{ name: 'example.test', nameServers: ['ns.new.test'] }]
    const answers = { describe: {}, zones: { zones }, read: { recordSets: [] } }
    process.stdout.write(JSON.stringify(answers[method]))
  })`
  const io = {
    client: client(true),
    readInput: async () => JSON.stringify({ type: 'exec', command: [process.execPath, '-e', program] }),
  }
  const argv = [
    'plan',
    '--cname',
    '_dmarc.example.test=k3y.hosted.test',
    '--dns',
    '-',
    '--resolver',
    '192.0.2.53',
    '--no-fetch',
  ]

  it('is blocked, unless the zone is said to move there', async () => {
    const blocked = await runCaptured(argv, io)
    expect([blocked.code, blocked.out]).toEqual([
      2,
      expect.stringContaining('delegates example.test to ns.outside.test'),
    ])
    const moving = await runCaptured([...argv, '--before-delegation'], io)
    expect([moving.code, moving.out]).toEqual([1, expect.stringMatching(/create +_dmarc\.example\.test/)])
  })
})
