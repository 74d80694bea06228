import { createSocket } from 'node:dgram'
import { getEventListeners } from 'node:events'
import packet from 'dns-packet'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { rcode, type Script, type ScriptedDns, startScriptedDns } from '../../test/scripted-dns.ts'
import { type BulkDnsClient, createBulkDnsClient } from './bulk-client.ts'

const echo: Script = ({ name }) => ({ answers: [{ type: 'TXT', name, ttl: 1, data: [name] }] })
let server: ScriptedDns | undefined
let client: BulkDnsClient | undefined
const start = async (script: Script, maxInFlight = 200) => {
  server = await startScriptedDns(script)
  client = createBulkDnsClient({ maxInFlight })
  return { dns: server, bulk: client }
}
afterEach(async () => {
  client?.close()
  await server?.close()
})

describe('the bulk client', () => {
  it('gives each of many questions its own answer, over a handful of ports', async () => {
    const { dns, bulk } = await start(echo)
    const names = Array.from({ length: 1000 }, (_, i) => `n${i}.test`)
    const answers = await Promise.all(names.map((name) => bulk.query({ name, type: 'TXT' }, dns, { tries: 4 })))
    expect(answers.map((message) => message.answers[0]?.data)).toEqual(names)
    expect(new Set(dns.queries.map((query) => query.port)).size).toBeLessThanOrEqual(4)
  })

  it('has no more questions on their way than allowed', async () => {
    let [waiting, most] = [0, 0]
    const { dns, bulk } = await start((query) => {
      most = Math.max(most, ++waiting)
      setTimeout(() => waiting--, 5)
      return { ...(echo(query) as object), delay: 10 }
    }, 7)
    await Promise.all(Array.from({ length: 60 }, (_, i) => bulk.query({ name: `n${i}.test`, type: 'TXT' }, dns)))
    expect(most).toBeLessThanOrEqual(7)
  })

  it('asks again when nothing came, and fails with code timeout in the end', async () => {
    let asked = 0
    const { dns, bulk } = await start((query) => (++asked % 2 === 1 ? 'silent' : echo(query)))
    const message = await bulk.query({ name: 'a.test', type: 'TXT' }, dns, { timeout: 100, tries: 2 })
    expect(message.answers).toHaveLength(1)
    dns.script = () => 'silent'
    const failing = bulk.query({ name: 'a.test', type: 'TXT' }, dns, { timeout: 60, tries: 2 })
    await expect(failing).rejects.toMatchObject({ code: 'timeout' })
  })

  it('ignores forged answers: another sender, id or question', async () => {
    const stranger = createSocket('udp4')
    const forged = { answers: [{ type: 'TXT' as const, name: 'a.test', ttl: 1, data: ['forged'] }] }
    server = await startScriptedDns((query) => {
      const questions = [{ type: 'TXT' as const, name: 'a.test' }]
      stranger.send(packet.encode({ type: 'response', id: 0x3000, questions, ...forged }), query.port, '127.0.0.1')
      return [
        { ...forged, idOffset: 1 },
        { ...forged, question: { name: 'b.test', type: 'TXT' } },
        Buffer.from('x'),
        { ...(echo(query) as object), delay: 60 },
      ]
    })
    client = createBulkDnsClient({ messageId: () => 0x3000 })
    const message = await client.query({ name: 'a.test', type: 'TXT' }, server, { timeout: 5000 })
    stranger.close()
    expect(message.answers[0]?.data).toBe('a.test')
  })

  it('turns to TCP when the answer was truncated', async () => {
    const { dns, bulk } = await start((query) => (query.transport === 'udp' ? { tc: true } : echo(query)))
    const message = await bulk.query({ name: 'a.test', type: 'TXT' }, dns)
    expect(message.answers[0]?.data).toBe('a.test')
  })

  it.each([rcode.FORMERR, rcode.NOTIMP])(
    'asks again without EDNS where a server answers rcode %i to it',
    async (code) => {
      const { dns, bulk } = await start((query) => (query.edns ? { rcode: code, noEdns: true } : echo(query)))
      const message = await bulk.query({ name: 'a.test', type: 'TXT' }, dns)
      expect(message.answers[0]?.data).toBe('a.test')
      expect(dns.queries.map(({ edns }) => edns)).toEqual([true, false])
    },
  )

  it('takes what TCP brings, even if that is truncated as well', async () => {
    const { dns, bulk } = await start(() => ({ tc: true }))
    expect((await bulk.query({ name: 'a.test', type: 'TXT' }, dns)).truncated).toBe(true)
    expect(dns.queries.map((query) => query.transport)).toEqual(['udp', 'tcp'])
  })

  it('fails every question of a server that stays silent, after all its tries', async () => {
    const { dns, bulk } = await start(() => 'silent', 15)
    const questions = Array.from({ length: 40 }, (_, i) => ({ name: `n${i}.test`, type: 'TXT' as const }))
    const asking = questions.map((question) => bulk.query(question, dns, { timeout: 20, tries: 2 }))
    for (const outcome of await Promise.allSettled(asking)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'timeout' } })
    }
    const over = (which: 'udp' | 'tcp') => dns.queries.filter(({ transport }) => transport === which).length
    await vi.waitFor(() => expect(over('udp')).toBe(80))
    // Those that began before it was known to be silent over TCP as well.
    expect(over('tcp')).toBeLessThanOrEqual(30)
  })

  it('fails with code network on a port no server can have, and goes on with the next question', async () => {
    const { dns, bulk } = await start(echo, 1)
    const nowhere = bulk.query({ name: 'a.test', type: 'TXT' }, { address: dns.address, port: 70_000 })
    const next = bulk.query({ name: 'b.test', type: 'TXT' }, dns)
    await expect(nowhere).rejects.toMatchObject({ code: 'network' })
    expect((await next).answers).toHaveLength(1)
  })

  it('fails at once on a name that cannot be asked', async () => {
    const { dns, bulk } = await start(echo)
    await expect(bulk.query({ name: 'a..b', type: 'TXT' }, dns)).rejects.toThrow('it has an empty label')
  })

  it('lets a question that waits in line be aborted, while the one before it goes on', async () => {
    const { dns, bulk } = await start((query) => ({ ...(echo(query) as object), delay: 300 }), 1)
    const stop = new AbortController()
    const first = bulk.query({ name: 'a.test', type: 'TXT' }, dns, { timeout: 5000 })
    const second = bulk.query({ name: 'b.test', type: 'TXT' }, dns, { timeout: 5000, signal: stop.signal })
    const third = bulk.query({ name: 'c.test', type: 'TXT' }, dns, { timeout: 5000 })
    stop.abort(new Error('enough'))
    await expect(second).rejects.toThrow('enough')
    expect((await first).answers[0]?.data).toBe('a.test')
    expect((await third).answers[0]?.data).toBe('c.test')
    expect(dns.queries.map((query) => query.name)).toEqual(['a.test', 'c.test'])
  })

  it('leaves no listener on a signal once its questions are answered', async () => {
    const { dns, bulk } = await start(echo)
    const { signal } = new AbortController()
    const names = ['a.test', 'b.test', 'c.test']
    const asking = names.map((name) => bulk.query({ name, type: 'TXT' }, dns, { signal }))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    await Promise.all(asking)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it("fails with the caller's reason when aborted, waiting in line or on the way", async () => {
    const { dns, bulk } = await start(() => 'silent', 1)
    const stop = new AbortController()
    const options = { signal: stop.signal, timeout: 5000 }
    const asking = [1, 2].map((i) => bulk.query({ name: `n${i}.test`, type: 'TXT' }, dns, options))
    stop.abort(new Error('enough'))
    const outcomes = await Promise.allSettled(asking)
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.message)).toEqual([
      'enough',
      'enough',
    ])
  })

  it('fails when it is closed', async () => {
    const { dns, bulk } = await start(() => 'silent')
    const asking = bulk.query({ name: 'a.test', type: 'TXT' }, dns, { timeout: 5000 })
    bulk.close()
    client = undefined
    await expect(asking).rejects.toMatchObject({ code: 'network' })
    await expect(bulk.query({ name: 'a.test', type: 'TXT' }, dns)).rejects.toMatchObject({ code: 'network' })
  })
})
