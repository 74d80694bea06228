import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storeWithDomain } from '../../test/store-with-domain.ts'
import { createLogger } from '../config/logger.ts'
import { addTarget } from '../store/notices.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { type DeliverContext, deliverNotice } from './deliver.ts'
import type { NoticeMail } from './mail.ts'
import { notify } from './notify.ts'
import { newWebhookSecret } from './webhook.ts'
import { webhookSecrets } from './webhook-secrets.ts'

const day = 86_400_000
const secret = newWebhookSecret()

describe('notices are delivered', () => {
  let store: Store
  let userId: number
  let domainId: number
  let now: number
  let receiver: Server
  let url: string
  let status: number
  let received: { headers: IncomingMessage['headers']; body: string }[]
  let mails: NoticeMail[]

  beforeEach(async () => {
    now = Date.now()
    status = 204
    received = []
    mails = []
    store = await openStore(':memory:')
    ;({ userId, domainId } = await storeWithDomain(store, 'example.test'))
    receiver = createServer(async (request, response) => {
      received.push({ headers: request.headers, body: await text(request) })
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
    })
    receiver.listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  })
  afterEach(async () => {
    receiver.close()
    await store.close()
  })

  const context = (allowPrivate = true): DeliverContext => ({
    store,
    mail: { send: async (mail) => void mails.push(mail), close() {} },
    webhook: { allowPrivate },
    secrets: webhookSecrets(undefined),
    zone: 'hosting.test',
    now: () => now,
    random: () => 0,
    log: createLogger('silent'),
  })
  const target = (channel: 'webhook' | 'mail', destination: string) =>
    addTarget(store.db, { userId, channel, destination, secret: channel === 'mail' ? null : secret, now })
  const deliver = (targetId: number, using = context()) =>
    deliverNotice(
      { subject: `${targetId} ${domainId}`, attempt: 0, signal: new AbortController().signal, renew: async () => {} },
      using,
    )
  const ready = (service: 'dmarc' | 'mta_sts') =>
    notify(store.db, { kind: 'became_ready', domainId, facts: { service }, now })
  const services = () => received.map(({ body }) => JSON.parse(body).data.facts.service)

  it('to a webhook with a signature that other software verifies', async () => {
    const { id } = await target('webhook', url)
    await ready('dmarc')
    await deliver(id)
    const [request] = received
    const verified = new Webhook(secret).verify(request?.body ?? '', request?.headers as Record<string, string>)
    expect(verified).toMatchObject({
      type: 'domain.became_ready',
      data: { domain: 'example.test', severity: 'info', title: 'Hosted DMARC of example.test is ready' },
    })
  })

  it('in order, and the next one only after the one before', async () => {
    const { id } = await target('webhook', url)
    await ready('dmarc')
    await ready('mta_sts')
    status = 500
    const first = await deliver(id)
    expect(first.attempt).toBe(1)
    expect(first.at).toBeGreaterThan(now)
    await deliver(id)
    expect(services()).toEqual(['dmarc', 'dmarc'])
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    status = 200
    await deliver(id)
    await deliver(id)
    expect(services()).toEqual(['dmarc', 'dmarc', 'dmarc', 'mta_sts'])
    expect(await deliver(id)).toEqual({ at: null, attempt: 0 })
  })

  it('not along redirects, and are given up after three days', async () => {
    const { id } = await target('webhook', url)
    await ready('dmarc')
    status = 302
    await deliver(id)
    now += 3 * day
    await deliver(id)
    const [settled] = await store.db.selectFrom('notice_deliveries').selectAll().execute()
    expect(settled).toMatchObject({
      settled_at: now,
      failure: expect.stringMatching(/302; redirects are not followed/),
    })
  })

  it.each([
    ['a private address', 'https://127.0.0.1/'],
    ['a name that leads inside', 'https://inside.example.com/'],
    ['the local machine', 'https://localhost./'],
    ['a name of private networks', 'https://metadata.google.internal/'],
    ['a name without a domain', 'https://intranet/'],
    ['a reverse name', 'https://1.0.0.10.in-addr.arpa/'],
    ['an IPv6 address that leads inside', 'https://[::ffff:127.0.0.1]/'],
    ['plain HTTP', 'http://example.com/'],
  ])('not to %s', async (_name, destination) => {
    const { id } = await target('webhook', destination)
    await ready('dmarc')
    const inside = { ...context(false) }
    inside.webhook.lookup = ((_host: string, _options: object, done: (...found: unknown[]) => void) =>
      done(null, [{ address: '10.0.0.1', family: 4 }])) as never
    expect((await deliver(id, inside)).attempt).toBe(1)
    now += 3 * day
    await deliver(id, inside)
    const [settled] = await store.db.selectFrom('notice_deliveries').selectAll().execute()
    expect(settled?.failure).toMatch(/public address|https/)
  })

  it('as mail in plain text, under an id that stays the same', async () => {
    const { id } = await target('mail', 'owner@example.com')
    const facts = { hosts: ['mx2.example.test'], policy: ['mx1.example.test'] }
    await notify(store.db, { kind: 'mx_not_in_policy', domainId, facts, now })
    await deliver(id)
    expect(mails).toMatchObject([
      {
        to: 'owner@example.com',
        subject: 'The enforced MTA-STS policy of example.test does not name mx2.example.test',
        text: expect.stringMatching(/mx2\.example\.test is in the MX records/),
        messageId: `notice-1-${id}@hosting.test`,
      },
    ])
  })

  it('with every character of a forged record shown, and without lines of its own', async () => {
    const { id } = await target('mail', 'owner@example.com')
    const after = 'v=DMARC1; p=none\n\nCall us: \u202e5551\u001b[2J'
    await notify(store.db, { kind: 'record_changed', domainId, facts: { before: null, after, weakens: true }, now })
    await deliver(id)
    expect(mails[0]?.text).toContain('Now: v=DMARC1; p=none\\x0a\\x0aCall us: \\u{202e}5551\\x1b[2J\n')
  })
})
