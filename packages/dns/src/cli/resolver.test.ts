import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import packet, { type Answer } from 'dns-packet'
import { describe, expect, it, onTestFinished } from 'vitest'
import { testAuthority } from '../../test/certificates.ts'
import { runCaptured } from '../../test/run-cli.ts'
import type { DnsServer } from '../transport/types.ts'
import type { Io } from './io.ts'

const url = 'https://dns.example/dns-query'

describe('--resolver', () => {
  it.each([
    ['192.0.2.53', { address: '192.0.2.53' }],
    ['192.0.2.53:5353', { address: '192.0.2.53', port: 5353 }],
    ['2001:db8::53', { address: '2001:db8::53' }],
    ['[2001:db8::53]:5353', { address: '2001:db8::53', port: 5353 }],
    [url, { url }],
  ])('%s is asked, and no other server', async (text, server) => {
    const asked: DnsServer[] = []
    const client: Io['client'] = {
      async query(_, to) {
        asked.push(to)
        throw new Error('nobody is there')
      },
    }
    await runCaptured(['check', 'example.test', '--no-fetch', '--resolver', text], { client })
    expect(asked.length).toBeGreaterThan(0)
    for (const each of asked) expect(each).toEqual(server)
  })

  it.each([
    'dns.example',
    '192.0.2.53:0',
    '192.0.2.53:99999',
    '2001:db8::53]:53',
    'http://192.0.2.1/',
    'https://u:p@dns.example/',
    'a b',
  ])('%s exits with 64 and is not quoted', async (text) => {
    const { code, err } = await runCaptured(['check', 'example.test', '--resolver', text])
    expect(code).toBe(64)
    expect(err).toMatch(/^--resolver /)
    expect(err).not.toContain('u:p')
  })

  it('speaks DNS over HTTPS', async () => {
    const questions: string[] = []
    const doh: typeof fetch = async (_, init) => {
      const asked = packet.decode(Buffer.from(init?.body as Uint8Array))
      const [question] = asked.questions ?? []
      questions.push(`${question?.name} ${question?.type}`)
      const name = 'example.test'
      const soa = {
        mname: 'ns.example.test',
        rname: 'x.example.test',
        serial: 1,
        refresh: 1,
        retry: 1,
        expire: 1,
        minimum: 1,
      }
      const zone: Answer[] = [
        { type: 'SOA', name, ttl: 60, data: soa },
        { type: 'NS', name, ttl: 60, data: 'ns.example.test' },
        { type: 'A', name: 'ns.example.test', ttl: 60, data: '127.0.0.1' },
      ]
      const answers = zone.filter((record) => record.name === question?.name && record.type === question?.type)
      const flags = packet.RECURSION_AVAILABLE
      const body = packet.encode({ type: 'response', id: 0, flags, questions: asked.questions ?? [], answers })
      return new Response(new Uint8Array(body), { headers: { 'content-type': 'application/dns-message' } })
    }
    const print = ['print', '--cname', '_dmarc.example.test=k.hosted.test', '--resolver', url]
    const { code, out } = await runCaptured(print, { fetch: doh })
    expect(code).toBe(0)
    expect(out).toContain('$ORIGIN example.test.')
    expect(questions).toContain('example.test SOA')
  })

  it('says in words what is wrong with the certificate of a resolver', async () => {
    const authority = await testAuthority()
    const { cert, key } = await authority.issue('127.0.0.1')
    const server = createServer({ cert, key })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
    const { port } = server.address() as AddressInfo
    const { code, out } = await runCaptured([
      'check',
      'example.test',
      '--resolver',
      `https://127.0.0.1:${port}/dns-query`,
    ])
    expect(code).toBe(3)
    expect(out).toContain('it does not send the TLS certificate of its issuer')
  })
})
