import packet from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { createDnsClient } from './client.ts'

const question = { name: '_dmarc.example.test', type: 'TXT' } as const
const url = 'https://resolver.test/dns-query'

const answer = (over: object = {}) =>
  new Uint8Array(
    packet.encode({
      type: 'response',
      id: 0,
      flags: packet.RECURSION_AVAILABLE,
      questions: [question],
      answers: [{ type: 'TXT', name: question.name, ttl: 9, data: ['v=DMARC1'] }],
      ...over,
    }),
  )
const reply = (body: Uint8Array<ArrayBuffer> | string, init: ResponseInit = {}) =>
  new Response(body, { headers: { 'content-type': 'application/dns-message' }, ...init })
const ask = (respond: (request: Request) => Response | Promise<Response>, options = {}) =>
  createDnsClient({
    fetch: async (input, init) => respond(new Request(input, init)),
  }).query(question, { url }, { recursionDesired: true, ...options })

describe('DNS over HTTPS', () => {
  it('posts the question with id 0 and reads the answer (RFC 8484)', async () => {
    let seen: Request | undefined
    const message = await ask((request) => {
      seen = request.clone()
      return reply(answer())
    })
    expect(message.answers[0]?.data).toBe('v=DMARC1')
    expect(seen?.method).toBe('POST')
    expect(seen?.headers.get('content-type')).toBe('application/dns-message')
    const sent = packet.decode(Buffer.from(await (seen as Request).arrayBuffer()))
    expect(sent).toMatchObject({ id: 0, flag_rd: true, questions: [question] })
  })

  it.each([
    ['an HTTP error', () => reply('no', { status: 503 }), 'network'],
    ['a web page', () => reply('<html>', { headers: { 'content-type': 'text/html' } }), 'malformed'],
    ['bytes that are no message', () => reply('nonsense'), 'malformed'],
    [
      'the answer to another question',
      () => reply(answer({ questions: [{ type: 'TXT', name: 'b.test' }] })),
      'malformed',
    ],
    ['an endless body', () => reply(new Uint8Array(70_000)), 'malformed'],
    ['a broken connection', () => Promise.reject(new TypeError('fetch failed')), 'network'],
  ])('fails on %s', async (_, respond, code) => {
    await expect(ask(respond)).rejects.toMatchObject({ name: 'DnsQueryError', code, server: url })
  })

  const never = (request: Request) =>
    new Promise<Response>((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))

  it('fails with code timeout when no answer comes', async () => {
    await expect(ask(never, { timeout: 50 })).rejects.toMatchObject({ code: 'timeout' })
  })

  it("fails with the caller's reason when aborted", async () => {
    const stop = new AbortController()
    const asking = ask(never, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(asking).rejects.toThrow('enough')
  })
})
