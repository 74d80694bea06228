import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import packet from 'dns-packet'
import { afterEach, describe, expect, it } from 'vitest'
import { rcode, type Script, type ScriptedDns, type ScriptedQuery, startScriptedDns } from '../../test/scripted-dns.ts'
import { DnsNameError } from '../wire/errors.ts'
import { createBulkDnsClient } from './bulk-client.ts'
import { createDnsClient } from './client.ts'
import { DnsQueryError } from './errors.ts'

const question = { name: '_dmarc.example.test', type: 'TXT' } as const
const right = { answers: [{ type: 'TXT' as const, name: question.name, ttl: 60, data: ['right'] }] }
const forged = { answers: [{ type: 'TXT' as const, name: question.name, ttl: 60, data: ['forged'] }] }

let server: ScriptedDns | undefined
const start = async (script: Script) => {
  server = await startScriptedDns(script)
  return server
}
afterEach(async () => {
  await server?.close()
  server = undefined
})
const client = createDnsClient()
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('a DNS client', () => {
  it('resolves with the answer, its owner names and its authority flag', async () => {
    const message = await client.query(question, await start(() => right))
    expect(message).toMatchObject({ rcode: 'NOERROR', authoritative: true, edns: { udpSize: 1232 } })
    expect(message.answers).toEqual([{ name: question.name, type: 'TXT', ttl: 60, data: 'right', strings: ['right'] }])
  })

  it('resolves with an answer whatever its rcode', async () => {
    const { rcode: said } = await client.query(question, await start(() => ({ rcode: rcode.SERVFAIL })))
    expect(said).toBe('SERVFAIL')
  })

  it('asks without recursion unless told, from a new port each time', async () => {
    const dns = await start(() => right)
    await client.query(question, dns)
    await client.query(question, dns, { recursionDesired: true, checkingDisabled: true })
    expect(dns.queries).toMatchObject([
      { recursionDesired: false, checkingDisabled: false, edns: true },
      { recursionDesired: true, checkingDisabled: true },
    ])
    for (let i = 0; i < 4; i++) await client.query(question, dns)
    expect(new Set(dns.queries.map((query) => query.port)).size).toBeGreaterThan(1)
  })

  it.each([
    ['a wrong id', { ...forged, idOffset: 1 }],
    ['another question', { ...forged, question: { name: 'other.test', type: 'TXT' as const } }],
    ['another type', { ...forged, question: { name: question.name, type: 'A' as const } }],
    ['no question', { ...forged, noQuestion: true }],
    ['garbage', Buffer.from('this is no DNS message at all')],
    ['a query', packet.encode({ type: 'query', id: 1, questions: [question] })],
  ])('ignores an answer with %s and takes the right one after it', async (_, wrong) => {
    const message = await client.query(question, await start(() => [wrong, { ...right, delay: 30 }]))
    expect(message.answers[0]?.data).toBe('right')
  })

  it('ignores a packet from another address, id and question right as they are', async () => {
    const stranger = createSocket('udp4')
    const dns = await start((query) => {
      const bytes = packet.encode({ type: 'response', id: 0x3000, questions: [question], answers: forged.answers })
      stranger.send(bytes, query.port, '127.0.0.1')
      return { ...right, delay: 50 }
    })
    const message = await createDnsClient({ messageId: () => 0x3000 }).query(question, dns)
    stranger.close()
    expect(message.answers[0]?.data).toBe('right')
  })

  it('asks again over UDP when nothing came, and counts the answer to the second question only', async () => {
    let asked = 0
    const dns = await start(() => (++asked === 1 ? { ...forged, delay: 400 } : { ...right, delay: 0 }))
    const message = await client.query(question, dns, { timeout: 300, tries: 3 })
    expect(message.answers[0]?.data).toBe('right')
    expect(asked).toBeGreaterThanOrEqual(2)
  })

  it('turns to TCP when the answer was truncated', async () => {
    const long = 'x'.repeat(3000)
    const dns = await start(({ transport }) =>
      transport === 'udp'
        ? { tc: true }
        : { answers: [{ type: 'TXT', name: question.name, ttl: 1, data: [long.slice(0, 200), long.slice(0, 200)] }] },
    )
    const message = await client.query(question, dns)
    expect(message.answers[0]).toMatchObject({ data: 'x'.repeat(400) })
    expect(dns.queries.map((query) => query.transport)).toEqual(['udp', 'tcp'])
  })

  it('asks over TCP only when told so', async () => {
    const dns = await start(() => right)
    await client.query(question, { address: dns.address, port: dns.port, transport: 'tcp' })
    expect(dns.queries.map((query) => query.transport)).toEqual(['tcp'])
  })

  it.each([rcode.FORMERR, rcode.NOTIMP])('asks without EDNS where the server answers rcode %i to it', async (code) => {
    const dns = await start(({ edns }) => (edns ? { rcode: code, noEdns: true, noQuestion: true } : right))
    const message = await client.query(question, dns)
    expect(message.answers[0]?.data).toBe('right')
    expect(dns.queries.map((query) => query.edns)).toEqual([true, false])
  })

  it('fails with code timeout when no server answers, after as many tries as allowed and one over TCP', async () => {
    const dns = await start(() => 'silent')
    const error = await failure(client.query(question, dns, { timeout: 60, tries: 3 }))
    expect(error).toBeInstanceOf(DnsQueryError)
    expect(error).toMatchObject({ code: 'timeout', server: `127.0.0.1:${dns.port}`, question })
    expect(dns.queries.map(({ transport }) => transport)).toEqual(['udp', 'udp', 'udp', 'tcp'])
  })

  it('fails with code network at once when nothing listens', async () => {
    const dns = await start(() => right)
    await dns.close()
    server = undefined
    expect(await failure(client.query(question, dns))).toMatchObject({ code: 'network' })
  })

  it.each([
    ['garbage', Buffer.from('garbage'), 'malformed'],
    ['the answer to another question', { ...forged, idOffset: 5 }, 'malformed'],
  ] as const)('fails with code malformed on %s over TCP', async (_, reply, code) => {
    const dns = await start(() => reply)
    const tcp = { address: dns.address, port: dns.port, transport: 'tcp' } as const
    expect(await failure(client.query(question, tcp))).toMatchObject({ code })
  })

  it('fails with code network when the TCP connection closes before an answer', async () => {
    const closing = createServer((socket) => socket.resume().end())
    await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve))
    const address = closing.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const error = await failure(client.query(question, { address: '127.0.0.1', port, transport: 'tcp' }))
    await new Promise((resolve) => closing.close(resolve))
    expect(error).toMatchObject({ code: 'network' })
  })

  it.each(['udp', 'tcp'] as const)("fails with the caller's reason when aborted over %s", async (transport) => {
    const dns = await start(() => 'silent')
    const stop = new AbortController()
    const asking = failure(client.query(question, { ...dns, transport }, { signal: stop.signal, timeout: 10_000 }))
    const reason = new Error('enough')
    stop.abort(reason)
    expect(await asking).toBe(reason)
    expect(await failure(client.query(question, { ...dns, transport }, { signal: stop.signal }))).toBe(reason)
  })

  it.each(['', '..', 'a..b', `${'x'.repeat(64)}.test`, 'a b.test', `${'x.'.repeat(130)}test`, 'a\\.b.test'])(
    'fails to ask for the name "%s"',
    async (name) => {
      const asking = client.query({ name, type: 'TXT' }, { address: '127.0.0.1', port: 9, transport: 'tcp' })
      if (name === '') await expect(asking).rejects.toThrow(DnsQueryError)
      else await expect(asking).rejects.toThrow(DnsNameError)
    },
  )
})

describe.each([
  ['the plain client', () => ({ ...createDnsClient(), close() {} })],
  ['the bulk client', () => createBulkDnsClient()],
])('a server that does not take every question, asked by %s', (_, make) => {
  const silentWhen =
    (drops: (query: ScriptedQuery) => boolean): Script =>
    (query) =>
      drops(query) ? 'silent' : right
  const cases: [string, Script, ('udp' | 'tcp')[], boolean[]][] = [
    [
      'answers FORMERR to EDNS',
      ({ edns }) => (edns ? { rcode: rcode.FORMERR, noEdns: true } : right),
      ['udp', 'udp'],
      [true, false],
    ],
    [
      'answers NOTIMP to EDNS',
      ({ edns }) => (edns ? { rcode: rcode.NOTIMP, noEdns: true } : right),
      ['udp', 'udp'],
      [true, false],
    ],
    ['drops EDNS', silentWhen(({ edns }) => edns), ['udp', 'udp'], [true, false]],
    [
      'is silent over UDP',
      silentWhen(({ transport }) => transport === 'udp'),
      ['udp', 'udp', 'tcp'],
      [true, false, true],
    ],
    [
      'is silent over UDP and refuses EDNS over TCP',
      ({ transport, edns }) => (transport === 'udp' ? 'silent' : edns ? { rcode: rcode.FORMERR, noEdns: true } : right),
      ['udp', 'udp', 'tcp', 'tcp'],
      [true, false, true, false],
    ],
    ['truncates', ({ transport }) => (transport === 'udp' ? { tc: true } : right), ['udp', 'tcp'], [true, true]],
  ]

  it.each(cases)('gets the answer of one that %s', async (_, script, transports, edns) => {
    const dns = await start(script)
    const asking = make()
    const message = await asking.query(question, dns, { timeout: 150, tries: 2 })
    asking.close()
    expect(message.answers[0]?.data).toBe('right')
    expect(dns.queries.map(({ transport }) => transport)).toEqual(transports)
    expect(dns.queries.map((query) => query.edns)).toEqual(edns)
  })

  it.each([
    ['drops EDNS', silentWhen(({ edns }) => edns)],
    ['is silent over UDP', silentWhen(({ transport }) => transport === 'udp')],
  ])('remembers one that %s, and asks it at once in the way that it takes', async (_, script) => {
    const dns = await start(script)
    const asking = make()
    await asking.query(question, dns, { timeout: 150, tries: 2 })
    const before = dns.queries.length
    await asking.query(question, dns, { timeout: 150, tries: 2 })
    asking.close()
    expect(dns.queries).toHaveLength(before + 1)
  })

  it('does not take a lost packet for a habit of the server', async () => {
    let asked = 0
    const dns = await start(() => (++asked === 1 ? 'silent' : right))
    const asking = make()
    await asking.query(question, dns, { timeout: 150, tries: 3 })
    await asking.query(question, dns, { timeout: 150, tries: 3 })
    asking.close()
    expect(dns.queries.map(({ edns }) => edns)).toEqual([true, true, true])
  })
})
