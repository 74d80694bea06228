import { describe, expect, it } from 'vitest'
import {
  DmarcReportClient,
  InvalidArgumentError,
  NotReadyError,
  type WaitTarget,
  waitUntilReady,
} from '../src/index.ts'
import { canaryToken, fakeApi, type Reply, vendorDomain } from './fake-api.ts'
import { fakeClock } from './fake-clock.ts'

const fault = (call: Promise<unknown>) =>
  call.then(
    (result) => expect.unreachable(`the call succeeded: ${JSON.stringify(result)}`),
    (error) => error,
  )

describe('waiting until ready', () => {
  const target: WaitTarget = { accountId: 7, domainId: 41 }
  const cname = 'verified'
  const record = { cname_status: 'verified', txt_record_status: 'published' }
  const looks: [string, WaitTarget['services'], object][] = [
    [
      'a verdict of ready beside a part that is missing',
      ['hosted_dmarc'],
      { overall_status: 'ready', cname: { status: 'missing' } },
    ],
    [
      'a verdict of ready beside a TXT record that is queued',
      ['hosted_dmarc'],
      { overall_status: 'ready', cname, txt_record: 'queued' },
    ],
    ['a CNAME alone, without a verdict', ['hosted_dmarc'], { cname_status: 'verified' }],
    ['the CNAME of the policy host alone', ['hosted_mta_sts'], { records: { policy_cname: cname } }],
    [
      'everything but the policy file',
      ['hosted_mta_sts'],
      { records: { policy_cname: cname, mta_sts_record: record, tls_rpt_record: record } },
    ],
  ]
  it.each(looks)('does not take %s for ready', async (_, services, body) => {
    const { client } = await fakeApi(() => ({ body }))
    const error = await fault(waitUntilReady(client, { ...target, services }, { timeout: 120_000 }))
    expect(error).toBeInstanceOf(NotReadyError)
  })

  it('for no service at all is refused', async () => {
    const { client, seen } = await fakeApi(() => ({ body: {} }))
    expect(await fault(waitUntilReady(client, { ...target, services: [] }))).toBeInstanceOf(InvalidArgumentError)
    expect(seen).toEqual([])
  })

  it('shows what stands in a record on one line, without what steers a terminal', async () => {
    const found = `\u001b[2J\r\nFAKE LINE \u202e${'x'.repeat(1_000_000)}`
    const body = { overall_status: 'action_required', cname: { status: 'misconfigured', found, fix: 'a\nb' } }
    const { client } = await fakeApi(() => ({ body }))
    const { message } = await fault(
      waitUntilReady(client, { ...target, services: ['hosted_dmarc'] }, { timeout: 120_000 }),
    )
    expect(message.split('\n')).toHaveLength(2)
    expect(message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(message.length).toBeLessThan(1_000)
  })
})

describe('a message', () => {
  const steering = 'bad \u001b]0;pwn\u0007 \u202e \u0000 \r\nFAKE log line'
  const bodies: [string, unknown][] = [
    ['an error', { error: steering }],
    ['details', { errors: { [steering]: [steering] } }],
    ['plain text', steering],
    ['a page', `<title>${steering}</title>`],
    ['a code', { error: { code: steering, message: steering, request_id: steering } }],
    ['40,000 details', { errors: Array.from({ length: 40_000 }, (_, index) => `e${index}`) }],
    ['a text of 900 kB', { message: 'm'.repeat(900_000) }],
    ['field names of 900 kB', { errors: { ['f'.repeat(900_000)]: ['no'] } }],
    ['a title and a detail of 400 kB', { title: 't'.repeat(400_000), detail: 'd'.repeat(400_000) }],
    ['deep nesting', `${'{"errors":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ]
  it.each(bodies)('with %s from a server is one short line', async (_, body) => {
    const { client } = await fakeApi(() => ({
      status: 422,
      headers: { 'x-request-id': 'r'.repeat(3_000), location: `/${'l'.repeat(3_000)}` },
      body,
    }))
    const error = await fault(client.domains.get(7, 41))
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(error.message.length).toBeLessThan(8_200)
    expect(error.details.length).toBeLessThanOrEqual(100)
    expect(error.stack.length).toBeLessThan(20_000)
  })

  it('about a page, a redirect and an object of the wrong kind is bounded, too', async () => {
    for (const reply of [
      { status: 302, headers: { location: `/${'l'.repeat(9_000)}` } },
      { body: { ['k'.repeat(500_000)]: 1, '\u001b[31m': 2 } },
      { body: 'x'.repeat(500_000) },
    ]) {
      const { message } = await fault((await fakeApi(() => reply)).client.domains.get(7, 41))
      expect(message.length).toBeLessThan(1_000)
      expect(message).not.toMatch(/\p{Cc}/u)
    }
  })

  it('of a failed connection does not repeat what steers a terminal', async () => {
    const fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error(`\u001b[31m${'x'.repeat(99_999)}`) }))
    const client = new DmarcReportClient({ token: canaryToken, fetch, clock: fakeClock(), logLevel: 'off' })
    const { message } = await fault(client.domains.get(7, 41))
    expect(message).not.toContain('\u001b')
    expect(message.length).toBeLessThan(8_200)
  })

  it.each([
    [
      'Rails’ bare map',
      { name: ['has already been taken'], base: ['no quota'] },
      ['name: has already been taken', 'no quota'],
    ],
    ['a map as error', { error: { address: ['is invalid'] } }, ['address: is invalid']],
    ['a list as error', { error: ['is invalid', 'b'] }, ['is invalid', 'b']],
    ['a list as message', { message: ['a must be', 'b must'] }, ['a must be', 'b must']],
    ['a list of messages', { messages: ['a must be'] }, ['a must be']],
    ['a bare list', ['a is taken'], ['a is taken']],
    ['errors under data', { data: { errors: { address: ['is taken'] } } }, ['address: is taken']],
    [
      'invalid-params',
      { title: 'bad', 'invalid-params': [{ name: 'address', reason: 'is taken' }] },
      ['bad', 'address: is taken'],
    ],
    ['attributes', { errors: [{ attribute: 'address', type: 'taken', message: 'is taken' }] }, ['address: is taken']],
    ['objects below a field', { errors: { address: [{ error: 'is taken', value: 'x' }] } }, ['address: is taken']],
    ['full_messages', { errors: { full_messages: ['Address is taken'] } }, ['Address is taken']],
  ])('repeats what %s says', async (_, body, parts) => {
    const { client } = await fakeApi(() => ({ status: 422, body }))
    const { message } = await fault(client.domains.get(7, 41))
    for (const part of parts) expect(message).toContain(part)
    expect(message.match(/taken/g) ?? []).toHaveLength(parts.filter((part) => part.includes('taken')).length)
  })
})

describe('an answer', () => {
  it.each([
    ['another domain', vendorDomain(9)],
    ['a domain of null', { domain: null }],
    ['null', 'null'],
    ['a list', [vendorDomain(41)]],
    ['ids that are no numbers', { ...vendorDomain(41), id: 'x' }],
    ['ids that are not safe', { ...vendorDomain(41), id: 2 ** 60 }],
  ])('with %s is no domain 41', async (_, body) => {
    const { client } = await fakeApi(() => ({ body }))
    expect(await fault(client.domains.get(7, 41))).toMatchObject({ name: 'UnexpectedAnswerError' })
  })

  it.each([
    ['a page', '<html>login'],
    ['an object without extensions', {}],
    ['null', { extensions: null }],
    ['a sentence', { extensions: 'all' }],
  ])('with %s is no list of capabilities, and is not remembered as one', async (_, body) => {
    const { client } = await fakeApi((_, count) => ({ body: count === 1 ? body : { extensions: ['tags'] } }))
    expect(await fault(client.capabilities())).toMatchObject({ name: 'UnexpectedAnswerError' })
    expect((await client.capabilities()).extensions).toEqual(['tags'])
  })

  it('with half of what is hosted says nothing of the other half', async () => {
    const { client } = await fakeApi(() => ({ body: { hosted_mta_sts: true } }))
    expect(await fault(client.domains.hostedServices(7, 41))).toMatchObject({ name: 'UnexpectedAnswerError' })
  })

  it('that a browser hides behind a redirect says so', async () => {
    const hidden = {
      status: 0,
      ok: false,
      type: 'opaqueredirect',
      headers: new Headers(),
      body: null,
      text: async () => '',
    }
    const fetch = async () => hidden as unknown as Response
    const client = new DmarcReportClient({ token: canaryToken, fetch, logLevel: 'off' })
    expect((await fault(client.domains.get(7, 41))).message).toContain(
      'a redirect, which is not followed; check the base URL',
    )
  })

  it('to a write that was redirected all the same is no evidence', async () => {
    const fetch: typeof globalThis.fetch = async () =>
      Object.defineProperty(Response.json(vendorDomain(41)), 'redirected', { value: true })
    const client = new DmarcReportClient({ token: canaryToken, fetch, logLevel: 'off' })
    const error = await fault(client.domains.update(7, 41, { rua_report: true }))
    expect(error).toMatchObject({ name: 'UnexpectedAnswerError' })
    expect(error.message).toContain('what a redirect led to')
  })

  const target = { target: 't.example', status: 'verified' }
  it.each([
    ['objects', { '_dmarc.example.com': target }],
    ['names in upper case with a final dot', { '_DMARC.Example.com.': { target: 't.example.', status: 'verified' } }],
    ['labels beside the target', { '_dmarc.example.com': { name: 'DMARC', ...target } }],
    ['targets as cname', { '_dmarc.example.com': { cname: 't.example', status: 'verified' } }],
    ['targets as expected', { '_dmarc.example.com': { expected: 't.example', found: null, status: 'verified' } }],
    ['objects by type', { '_dmarc.example.com': { CNAME: { value: 't.example' }, status: 'verified' } }],
    ['lists', { '_dmarc.example.com': [target] }],
    ['relative names', { _dmarc: target }],
    ['the words of the API', { dmarc: target }],
    [
      'the words of the API beside names',
      { dmarc: { host: '_dmarc.example.com', points_to: 't.example', status: 'verified' } },
    ],
  ])('with CNAMEs in a map of %s is read', async (_, cname_records) => {
    const body = {
      domain: { id: 41, address: 'example.com' },
      hosted_dmarc: true,
      hosted_mta_sts: false,
      cname_records,
    }
    const { client } = await fakeApi(() => ({ body }) as Reply)
    expect((await client.domains.hostedServices(7, 41)).cname_records).toMatchObject([
      { kind: 'dmarc', name: '_dmarc.example.com', value: 't.example', status: 'verified' },
    ])
  })
})
