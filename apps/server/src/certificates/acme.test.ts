import { createPrivateKey, X509Certificate } from 'node:crypto'
import { Agent } from 'node:https'
import acme from 'acme-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../../../test-support/free-port.ts'
import { type Pebble, startPebble } from '../../../../test-support/pebble.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { challengesInMemory } from '../../test/challenges-in-memory.ts'
import { type Authority, startAuthority, ZoneData } from '../authority/index.ts'
import type { Listening } from '../policy-host/index.ts'
import { acmeCertificates, newAccountKey } from './acme.ts'
import type { Challenges } from './challenges.ts'
import { startHttp01Server } from './http01.ts'
import { localCa } from './local-ca.ts'
import type { CertificateSource } from './source.ts'

const HOST = 'mta-sts.example.test'
const signal = () => AbortSignal.timeout(60_000)

/** Pebble resolves names at our own authoritative responder and fetches the proof from our own http-01 server. */
describe.skipIf(!hasPrograms('pebble'))('Pebble from Debian', () => {
  let dns: Authority
  let http: Listening
  let pebble: Pebble
  let challenges: Challenges
  let source: CertificateSource

  beforeAll(async () => {
    const zone = new ZoneData({ origin: 'example.test', nameServers: ['ns1.example.test'] })
    zone.setRrsets(HOST, [{ type: 'CNAME', ttl: 60, data: ['host.example.test'] }])
    zone.setRrsets('host.example.test', [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }])
    dns = await startAuthority({ zones: [zone] })
    challenges = challengesInMemory()
    http = await startHttp01Server({ challenges, port: await freePort() })
    const ca = await localCa()
    pebble = await startPebble({
      dnsServer: `127.0.0.1:${dns.port}`,
      httpPort: http.port,
      certificate: await ca.getCertificate('localhost', signal()),
    })
    // What NODE_EXTRA_CA_CERTS does for a whole process.
    acme.axios.defaults.httpsAgent = new Agent({ ca: ca.caCertificate })
    const accountKey = await newAccountKey()
    source = acmeCertificates({ directoryUrl: pebble.directoryUrl, accountKey, challenges, pollInterval: 100 })
  })

  afterAll(async () => {
    delete acme.axios.defaults.httpsAgent
    await Promise.all([pebble?.close(), http?.close(), dns?.close()])
  })

  it('issues a certificate for our key after fetching the key authorization', async () => {
    const { key, cert } = await source.getCertificate(HOST, signal())
    const leaf = new X509Certificate(cert)
    expect(leaf.checkHost(HOST)).toBe(HOST)
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true)
    expect(cert.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(1)
  })

  it('fails for a name that does not point here and says what to check', async () => {
    await expect(source.getCertificate('mta-sts.elsewhere.test', signal())).rejects.toThrow(
      /did not issue a certificate for mta-sts\.elsewhere\.test: .+ Check that http:\/\/mta-sts\.elsewhere\.test\/ reaches/s,
    )
  })

  it('fails with the signal’s reason when the caller aborts', async () => {
    await expect(source.getCertificate(HOST, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

describe('the http-01 server', () => {
  it('answers known tokens only', async () => {
    const challenges = challengesInMemory()
    await challenges.put('token', 'token.thumbprint')
    const server = await startHttp01Server({ challenges, port: 0 })
    const get = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`)
      return `${response.status} ${(await response.text()).trim()}`
    }
    expect(await get('/.well-known/acme-challenge/token')).toBe('200 token.thumbprint')
    expect(await get('/.well-known/acme-challenge/other')).toBe('404 Not found')
    expect(await get('/')).toBe('404 Not found')
    await challenges.remove('token')
    expect(await get('/.well-known/acme-challenge/token')).toBe('404 Not found')
    await server.close()
  })
})
