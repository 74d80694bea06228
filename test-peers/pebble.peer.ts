import { randomBytes, type X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { pebbleSurroundings } from '../apps/server/test/pebble-surroundings.ts'
import { DOMAIN, HOST, type Hosting, startHostingWith } from '../apps/server/test/start-hosting.ts'
import { freePort } from '../test-support/free-port.ts'
import { type Pebble, type PebbleOptions, startPebble } from '../test-support/pebble.ts'
import { goPeer } from './support/go.ts'
import { peerTitle } from './support/installing.ts'

const RELEASE = 'v2.10.3'
const peer = await goPeer('github.com/letsencrypt/pebble/v2/cmd/pebble', RELEASE)
const patience = { timeout: 45_000, interval: 100 }
const hour = 3_600_000

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Pebble, which finds our policy host and the port of our proofs, and whose own certificate our server trusts. */
async function startCa(options: Partial<PebbleOptions> = {}) {
  if (!peer.available) throw new Error('Pebble is not at hand.')
  const { program } = peer
  const folder = await mkdtemp(join(tmpdir(), 'pebble-peer-'))
  closers.push(() => rm(folder, { recursive: true }))
  const surroundings = await pebbleSurroundings(HOST)
  closers.push(surroundings.close)
  const roots = join(folder, 'roots.pem')
  await writeFile(roots, surroundings.caCertificate)
  const ports = { http: await freePort(), tls: await freePort(), own: await freePort() }
  const start = async () => {
    const pebble = await startPebble({
      program,
      dnsServer: surroundings.dnsServer,
      certificate: surroundings.certificate,
      httpPort: ports.http,
      tlsPort: ports.tls,
      port: ports.own,
      ...options,
    })
    closers.push(pebble.close)
    return pebble
  }
  const pebble = await start()
  const storeKey = randomBytes(32).toString('base64')
  const settings = { source: 'acme' as const, directoryUrl: pebble.directoryUrl, roots, storeKey }
  return { pebble, ports, start, settings: { ...settings, http01: { port: ports.http } } }
}

/** The certificate that the policy host shows, where Pebble issued it. */
async function served(hosting: Hosting, pebble: Pebble): Promise<X509Certificate> {
  const { address: host, port } = hosting.server.policyHost
  const socket: TLSSocket = connect({ host, port, servername: HOST, ca: await pebble.rootCertificate() })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerX509Certificate()
  socket.destroy()
  if (!certificate) throw new Error('the policy host showed no certificate')
  return certificate
}

const issued = async (hosting: Hosting, pebble: Pebble): Promise<X509Certificate> => {
  await expect.poll(() => served(hosting, pebble).then(() => 'issued', String), patience).toBe('issued')
  return served(hosting, pebble)
}

async function policy(hosting: Hosting, pebble: Pebble): Promise<string> {
  const { address: host, port } = hosting.server.policyHost
  const target = { host, port, path: '/.well-known/mta-sts.txt', headers: { host: HOST }, servername: HOST }
  const asked = request({ ...target, ca: await pebble.rootCertificate(), agent: new Agent() }).end()
  const [response] = await once(asked, 'response')
  return text(response)
}

const start = async (
  settings: Parameters<typeof startHostingWith>[0],
  options: Parameters<typeof startHostingWith>[2] = {},
): Promise<Hosting> => {
  const hosting = await startHostingWith(settings, closers, options)
  hosting.addCnames()
  await hosting.verify()
  return hosting
}

const saysOfPolicy = (hosting: Hosting) => async (): Promise<string> =>
  (await hosting.verify()).body.records.policy_file.detail ?? ''

describe.skipIf(!peer.available)(peerTitle(`Pebble ${RELEASE}`, peer), () => {
  it('issues by http-01 although it refuses half of the good nonces', async () => {
    const ca = await startCa({ environment: { PEBBLE_WFE_NONCEREJECT: '50', PEBBLE_VA_NOSLEEP: '1' } })
    const hosting = await start(ca.settings)
    const certificate = await issued(hosting, ca.pebble)
    expect(certificate.subjectAltName).toBe(`DNS:${HOST}`)
    expect(await policy(hosting, ca.pebble)).toContain('version: STSv1')
    expect(ca.pebble.log()).toContain('Configured to reject 50% of good nonces')
  })

  it('issues by tls-alpn-01 on the port of the policy host', async () => {
    const ca = await startCa()
    const settings = { ...ca.settings, challenge: 'tls-alpn-01' as const }
    const hosting = await start(settings, { policyHostPort: ca.ports.tls })
    expect((await issued(hosting, ca.pebble)).subjectAltName).toBe(`DNS:${HOST}`)
    expect(await policy(hosting, ca.pebble)).toContain('version: STSv1')
  })

  it('wants an account binding, takes a right one, and is quoted without one', async () => {
    const hmacKey = randomBytes(32).toString('base64url')
    const ca = await startCa({
      settings: { externalAccountBindingRequired: true, externalAccountMACKeys: { 'kid-1': hmacKey } },
    })
    const without = await start(ca.settings)
    await expect.poll(saysOfPolicy(without), patience).toMatch(/external ?account/i)
    const hosting = await start({ ...ca.settings, http01: { port: 0 }, accountBinding: { kid: 'kid-1', hmacKey } })
    await expect.poll(() => ca.pebble.log(), patience).toContain('There are now 1 accounts')
    expect(await saysOfPolicy(hosting)()).not.toMatch(/external ?account/i)
  })

  it('has a certificate renewed when its renewal information says so', async () => {
    const ca = await startCa()
    let ahead = 0
    const hosting = await start(ca.settings, { now: () => Date.now() + ahead })
    const first = await issued(hosting, ca.pebble)
    const past = { start: new Date(Date.now() - 2 * hour), end: new Date(Date.now() - hour) }
    await ca.pebble.setRenewalInfo(first.toString(), { suggestedWindow: past })
    ahead = 25 * hour
    await expect
      .poll(() => served(hosting, ca.pebble).then(({ serialNumber }) => serialNumber !== first.serialNumber), patience)
      .toBe(true)
    expect(ca.pebble.log()).toMatch(/renewal-?info/i)
  })

  it('is quoted with its words when it blocks a domain', async () => {
    const ca = await startCa({ settings: { domainBlocklist: [DOMAIN] } })
    const hosting = await start(ca.settings)
    await expect
      .poll(saysOfPolicy(hosting), patience)
      .toMatch(/did not issue a certificate for .*(policy|blocked|forbid|reject)/i)
  })

  it('is registered with again after it has forgotten the account', async () => {
    const ca = await startCa()
    let ahead = 0
    const hosting = await start(ca.settings, { now: () => Date.now() + ahead })
    const first = await issued(hosting, ca.pebble)
    // Its state is in memory only.
    await ca.pebble.close()
    const again = await ca.start()
    // The certificates of Pebble live for five years.
    ahead = 4 * 365 * 24 * hour
    await expect
      .poll(
        () =>
          served(hosting, again).then(
            ({ serialNumber }) => serialNumber !== first.serialNumber,
            () => false,
          ),
        patience,
      )
      .toBe(true)
  })
})
