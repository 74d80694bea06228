import type { DnsMessage, DnsRecord } from '@dmarc-as-code/dns/wire'
import { describe, expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'
import { publicOnlyClient, publicOnlyFetcher } from './public-only.ts'

describe('public addresses', () => {
  it.each(['1.1.1.1', '172.15.255.255', '172.32.0.1', '100.63.255.255', '2a00:1450:4001::1', '2606:4700::1111'])(
    'include %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.251',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2001:0:a00:1::',
    '2001:db8::1',
    '2002:a00:1::',
    'not an address',
    '0x7f.1',
    '127.1',
  ])('do not include %s', (address) => expect(isPublicAddress(address)).toBe(false))
})

describe('look-ups of the public internet only', () => {
  const asked: string[] = []
  const client = publicOnlyClient(
    {
      query: async (_question, server) => {
        asked.push('address' in server ? server.address : server.url)
        throw new Error('asked')
      },
    },
    { configured: [{ address: '10.0.0.53', port: 5353 }], zones: [], own: [] },
  )
  const question = { name: 'example.com', type: 'TXT' } as const

  it.each([
    { address: '127.0.0.1' },
    { address: '10.0.0.53' },
    { address: '10.0.0.53', port: 53 },
    { address: '::ffff:127.0.0.1' },
  ])('never query %o', async (server) => {
    await expect(client.query(question, server)).rejects.toThrow('is not a public address')
    expect(asked).toEqual([])
  })

  it('query public addresses, and the servers of the configuration', async () => {
    await expect(client.query(question, { address: '10.0.0.53', port: 5353 })).rejects.toThrow('asked')
    await expect(client.query(question, { address: '1.1.1.1' })).rejects.toThrow('asked')
    asked.length = 0
  })

  it('neither ask for private names nor pass on what a resolver says about them', async () => {
    const message = (answers: DnsRecord[]): DnsMessage => ({
      id: 1,
      response: true,
      rcode: 'NOERROR',
      opcode: 0,
      authoritative: false,
      truncated: false,
      recursionDesired: true,
      recursionAvailable: true,
      authenticData: false,
      checkingDisabled: false,
      question: undefined,
      answers,
      authority: [],
      additional: [],
      edns: undefined,
    })
    const alias = { name: '_dmarc.example.com', type: 'CNAME', ttl: 5, data: 'secret.corp.internal' } as const
    const secret = { name: 'secret.corp.internal', type: 'TXT', ttl: 5, data: 'pw', strings: ['pw'] } as const
    const inside = { name: 'dc1.corp.example.com', type: 'A', ttl: 5, data: '10.9.8.7' } as const
    const inside6 = { name: 'dc1.corp.example.com', type: 'AAAA', ttl: 5, data: 'fd00::7' } as const
    const ours = { name: 'mta-sts.example.com', type: 'A', ttl: 5, data: '10.0.0.80' } as const
    const asked: string[] = []
    const resolver = { address: '10.0.0.53', port: 5353 }
    const guardedClient = publicOnlyClient(
      {
        query: async ({ name }) => {
          asked.push(name)
          return message([alias, { ...secret, strings: [...secret.strings] }, inside, inside6, ours])
        },
      },
      { configured: [resolver], zones: ['corp.test'], own: ['10.0.0.80'] },
    )
    const { answers } = await guardedClient.query({ name: '_dmarc.example.com', type: 'TXT' }, resolver)
    expect(answers).toEqual([alias, { ...inside, data: '0.0.0.0' }, { ...inside6, data: '::' }, ours])
    for (const name of ['secret.corp.internal', 'printer.local', '1.0.0.10.in-addr.arpa', 'www.test']) {
      await expect(guardedClient.query({ name, type: 'A' }, resolver)).rejects.toThrow('one of private networks')
    }
    const own = await guardedClient.query({ name: 'www.corp.test', type: 'A' }, resolver)
    expect(own.answers).toContainEqual(inside)
    expect(asked).toEqual(['_dmarc.example.com', 'www.corp.test'])
  })

  it('fetch a policy file from the public addresses of a host only', async () => {
    const from: (readonly string[])[] = []
    const fetcher = publicOnlyFetcher(
      {
        async fetch(_host, addresses) {
          from.push(addresses)
          return { ok: false, reason: 'connect', message: 'asked' }
        },
      },
      ['10.0.0.80'],
    )
    await fetcher.fetch('mta-sts.example.com', ['127.0.0.1', '1.1.1.1', '10.0.0.80'])
    expect(from).toEqual([['1.1.1.1', '10.0.0.80']])
    const refused = await fetcher.fetch('mta-sts.example.com', ['169.254.169.254'])
    expect(refused).toMatchObject({
      ok: false,
      message: 'mta-sts.example.com resolves to no public address, and is not fetched.',
    })
    expect(from).toHaveLength(1)
  })
})
