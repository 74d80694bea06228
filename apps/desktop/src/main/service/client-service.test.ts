import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ClientService } from './client-service.ts'

// What our server says beyond the documented API; the vendor's answers have none of it.
const extensions = [
  'hosted_dmarc',
  'hosted_mta_sts',
  'mta_sts_policy',
  'current_dmarc_config',
  'default_dmarc_record',
  'account_id',
  'cname_records',
]

let sandbox: Sandbox
let asked: string[]
let now = 0
beforeAll(async () => {
  sandbox = await createSandbox()
  const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
  for (const address of ['example.test', 'shop.test', 'agency.test']) {
    const { id } = await client.domains.create(sandbox.accountId, { address, rua_report: true, ruf_report: false })
    if (address !== 'agency.test') await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
  }
})
afterAll(() => sandbox.close())

/** The sandbox as the vendor answers: no capabilities, lists without extension fields. */
const plainFetch: typeof fetch = async (url, init) => {
  const path = new URL(String(url)).pathname
  asked.push(path)
  if (path.includes('capabilities')) return Response.json({ error: 'Not Found' }, { status: 404 })
  const response = await fetch(url, init)
  if (!response.ok || !/domains(\/[^/]+)?\.json$/.test(path)) return response
  const plain = JSON.stringify(await response.json(), (key, value) => (extensions.includes(key) ? undefined : value))
  return new Response(plain, { status: response.status, headers: { 'content-type': 'application/json' } })
}

function service(get: typeof fetch) {
  asked = []
  return new ClientService({
    client: new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token, fetch: get, maxRetries: 0 }),
    connectionId: 'c1',
    host: 'sandbox',
    webPage: () => undefined,
    lookUps: { txt: () => [] },
    now: () => now,
  })
}

const signal = AbortSignal.timeout(60_000)
const told = ({ domains }: { domains: readonly { address: string; records: readonly { expected?: string }[] }[] }) =>
  domains.map(({ address, records }) => [address, records.map(({ expected }) => expected)]).sort()
const hostingCalls = () => asked.filter((path) => path.includes('hosted_services')).length

it('a service without list extensions tells the same, domain by domain', async () => {
  const plain = await service(plainFetch).list(signal)
  expect(hostingCalls()).toBe(3)
  const whole = await service((url, init) => {
    asked.push(new URL(String(url)).pathname)
    return fetch(url, init)
  }).list(signal)
  expect(hostingCalls()).toBe(0)
  expect(told(plain)).toEqual(told(whole))
  expect(plain.domains.map(({ state }) => state).sort()).toEqual(['attention', 'attention', 'unhosted'])
})

it('its domains are not asked about one by one at every look, but at least hourly', async () => {
  const plain = service(plainFetch)
  const first = await plain.list(signal)
  now += 10_000
  expect(told(await plain.list(signal))).toEqual(told(first))
  expect(hostingCalls()).toBe(3)
  now += 60 * 60_000
  await plain.list(signal)
  expect(hostingCalls()).toBe(6)
})

it('a change made through the app is in the next list', async () => {
  const plain = service(plainFetch)
  const agency = (await plain.list(signal)).domains.find(({ address }) => address === 'agency.test')
  if (!agency) throw new Error('agency.test is not listed')
  const hosted = await plain.update(agency, { hostedDmarc: true }, signal)
  expect(hosted).toMatchObject({ hostedDmarc: true, state: 'attention' })
  expect((await plain.list(signal)).domains.find(({ key }) => key === agency.key)?.hostedDmarc).toBe(true)
})

it('verifying says what the service saw, and the next list does not contradict it', async () => {
  const plain = service(plainFetch)
  const domain = (await plain.list(signal)).domains.find(({ address }) => address === 'example.test')
  const expected = domain?.records.find(({ kind }) => kind === 'dmarc')?.expected
  if (!domain || !expected) throw new Error('example.test is not hosted')
  sandbox.zone('example.test').setRrsets('_dmarc.example.test', [{ type: 'CNAME', ttl: 300, data: [expected] }])
  const status = (seen: typeof domain) => seen.records.find(({ kind }) => kind === 'dmarc')?.status
  expect(status(await plain.verify(domain, signal))).toBe('verified')
  const listed = (await plain.list(signal)).domains.find(({ key }) => key === domain.key)
  expect(listed && status(listed)).toBe('verified')
})

it('a domain whose details cannot be read is unknown, and the others are listed all the same', async () => {
  const odd: typeof fetch = async (url, init) => {
    const path = new URL(String(url)).pathname
    const shop = (await service(plainFetch).list(signal)).domains.find(({ address }) => address === 'shop.test')
    if (path.includes(`/${shop?.domainId}/`) && path.includes('hosted_services'))
      return Response.json({ error: { code: 'internal', message: 'odd' } }, { status: 500 })
    return plainFetch(url, init)
  }
  const { domains } = await service(odd).list(signal)
  expect(domains).toHaveLength(3)
  expect(domains.find(({ address }) => address === 'shop.test')).toMatchObject({ state: 'unknown' })
  expect(domains.filter(({ state }) => state === 'unknown')).toHaveLength(1)
})

it('a token that may not list accounts still lists domains', async () => {
  const { accounts, domains } = await service((url, init) =>
    /accounts(\.json)?$/.test(new URL(String(url)).pathname)
      ? Promise.resolve(Response.json({ error: { code: 'forbidden', message: 'no' } }, { status: 403 }))
      : fetch(url, init),
  ).list(signal)
  expect(accounts).toEqual([])
  expect(domains).toHaveLength(3)
})

it('reads what the service remembers of a domain, and nothing where it keeps no history', async () => {
  const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
  const wanted = { address: 'news.example.test', rua_report: true, ruf_report: false }
  const { id } = await client.domains.create(sandbox.accountId, wanted)
  const hosted = await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
  const strict = String(hosted.default_dmarc_record).replace(/p=\w+/, 'p=reject')
  await client.domains.update(sandbox.accountId, id, { hosted_dmarc_config: strict })
  await client.domains.update(sandbox.accountId, id, {
    hosted_dmarc_config: strict.replace('reject', 'none'),
    allow_weaker: 'A sender was forgotten',
  })
  const ref = { connectionId: 'c1', accountId: sandbox.accountId, domainId: id }
  const history = (from: typeof fetch) =>
    new ClientService({
      client: new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token, fetch: from }),
      connectionId: 'c1',
      host: 'sandbox',
      webPage: () => undefined,
      lookUps: {} as never,
      now: () => 0,
    }).history(ref, AbortSignal.timeout(60_000))
  const events = await history(fetch)
  expect(events).toContainEqual(expect.objectContaining({ kind: 'change', action: 'createDomain', settings: [] }))
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'change', settings: expect.arrayContaining(['hosted_dmarc']) }),
  )
  expect(events.map(({ at }) => at)).toEqual(
    events
      .map(({ at }) => at)
      .sort()
      .reverse(),
  )
  const vendor: typeof fetch = async (url, init) =>
    /status_changes|audit_events|capabilities/.test(String(url))
      ? Response.json({ error: 'Not Found' }, { status: 404 })
      : fetch(url, init)
  expect(await history(vendor)).toEqual([])
})

it('a policy without evidence is refused with what is missing, and passes with words that the service keeps', async () => {
  const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
  const mine = service(fetch)
  const shop = (await mine.list(signal)).domains.find(({ address }) => address === 'shop.test')
  if (!shop) throw new Error('shop.test is not listed')
  await client.domains.update(shop.accountId, shop.domainId, { evidence_gate: 'enforce' })
  const stricter = String(shop.dmarcRecord).replace('p=none', 'p=quarantine')
  const refused = await mine.update(shop, { dmarcRecord: stricter }, signal).catch((error: unknown) => error)
  expect(refused).toMatchObject({
    problem: { code: 'evidence-missing', explanation: expect.stringContaining('p=quarantine: found') },
  })
  const changed = await mine.update(shop, { dmarcRecord: stricter, acceptRisk: 'Spoofed since Monday' }, signal)
  expect(changed.dmarcRecord).toContain('p=quarantine')
  const kept = JSON.stringify(await mine.history(shop, signal))
  expect(kept).toContain('Spoofed since Monday')
  // The name of the field says nothing to a person.
  expect(kept).not.toContain('accept_risk')
})
