import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import acme from 'acme-client'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../test-support/free-port.ts'
import { startPebble } from '../../../test-support/pebble.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { startAuthority, ZoneData } from '../src/authority/index.ts'
import { localCa } from '../src/certificates/index.ts'
import { readAcmeState } from '../src/store/acme-state.ts'
import { startRefusingCa } from './refusing-ca.ts'
import { type Certificates, DOMAIN, HOST, startHostingWith } from './start-hosting.ts'
import type { TestServer } from './start-test-server.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const startHosting = (certificates: Certificates) => startHostingWith(certificates, closers)

async function status(asked: ReturnType<typeof httpRequest>): Promise<number> {
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.resume()
  return response.statusCode ?? 0
}

const target = ({ policyHost }: TestServer) => ({
  host: policyHost.address,
  port: policyHost.port,
  path: '/.well-known/mta-sts.txt',
  headers: { host: HOST },
  agent: false as const,
})

describe('a TLS front that asks (Caddy)', () => {
  it('is allowed a name once its CNAME is seen, and is served over plain HTTP', async () => {
    const askPort = await freePort()
    const hosting = await startHosting({ source: 'front', ask: { port: askPort } })
    const ask = async (name: string) => (await fetch(`http://127.0.0.1:${askPort}/ask?domain=${name}`)).status
    await hosting.verify()
    expect(await ask(HOST)).toBe(403)
    hosting.addCnames()
    await hosting.verify()
    expect(await ask(HOST)).toBe(200)
    expect(await ask('mta-sts.other.test')).toBe(403)
    expect(await status(httpRequest(target(hosting.server)))).toBe(200)
  })
})

describe('a certificate authority that refuses', () => {
  it('is quoted by verify, with the time of the next attempt', async () => {
    const ca = await startRefusingCa({
      status: 429,
      type: 'rateLimited',
      detail: 'too many certificates already issued for example.test',
      headers: { 'retry-after': '3600' },
    })
    closers.push(ca.close)
    const { directoryUrl, folder, roots } = ca
    const hosting = await startHosting({
      source: 'acme',
      directoryUrl,
      folder,
      roots,
      http01: { port: await freePort() },
    })
    hosting.addCnames()
    const begun = Date.now()
    const policyFile = async () => (await hosting.verify()).body.records.policy_file
    await expect
      .poll(policyFile, { timeout: 60_000 })
      .toMatchObject({ reason: 'certificate-pending', detail: expect.stringContaining('too many certificates') })
    const { detail } = await policyFile()
    const [, next = ''] = /The next attempt is at (\S+Z)\.$/.exec(detail) ?? []
    expect(Date.parse(next)).toBeGreaterThanOrEqual(begun + 3_599_000)
    expect(ca.orders()).toBe(1)
  }, 90_000)
})

describe.skipIf(!hasPrograms('pebble'))('ACME by configuration, with Pebble from Debian', () => {
  it('orders a certificate only once the CNAME is seen, and serves the policy with it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'acme-hosting-'))
    closers.push(() => rm(folder, { recursive: true }))
    // What the CA's resolver sees in the end: the address of our policy host.
    const seen = new ZoneData({ origin: DOMAIN, nameServers: [`ns1.${DOMAIN}`] })
    seen.setRrsets(HOST, [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }])
    const resolver = await startAuthority({ zones: [seen] })
    closers.push(resolver.close)
    const ca = await localCa()
    const http01 = { port: await freePort() }
    const pebble = await startPebble({
      dnsServer: `127.0.0.1:${resolver.port}`,
      httpPort: http01.port,
      certificate: await ca.getCertificate('localhost', AbortSignal.timeout(10_000)),
    })
    closers.push(pebble.close)
    // What NODE_EXTRA_CA_CERTS does for a whole process.
    acme.axios.defaults.httpsAgent = new Agent({ ca: ca.caCertificate })
    closers.push(async () => delete acme.axios.defaults.httpsAgent)

    const hosting = await startHosting({ source: 'acme', directoryUrl: pebble.directoryUrl, folder, http01 })
    const root = await pebble.rootCertificate()
    const fetchPolicy = () => status(httpsRequest({ ...target(hosting.server), servername: HOST, ca: root }))
    await expect(fetchPolicy()).rejects.toThrow()
    expect(pebble.log()).not.toContain('/order-plz')
    hosting.addCnames()
    await hosting.verify()
    // The worker orders it; a handshake does not.
    const stored = () => readAcmeState(hosting.server.store.db, 'certificate', HOST)
    await expect.poll(stored, { timeout: 30_000 }).toContain('BEGIN CERTIFICATE')
    expect(await stored()).not.toContain('PRIVATE KEY')
    await expect.poll(() => fetchPolicy().catch(() => 0), { timeout: 30_000, interval: 250 }).toBe(200)
    expect(pebble.log()).toContain('/order-plz')
  }, 60_000)
})
