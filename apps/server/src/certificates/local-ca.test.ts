import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localCa } from './local-ca.ts'

const HOST = 'mta-sts.example.test'
const signal = AbortSignal.timeout(60_000)
const DAY = 86_400_000

describe('the local CA', () => {
  it('signs a certificate for exactly the host asked, P-256, valid now and for a month', async () => {
    const ca = await localCa()
    const { cert } = await ca.getCertificate(HOST, signal)
    const leaf = new X509Certificate(cert)
    const root = new X509Certificate(ca.caCertificate)
    expect(leaf.subjectAltName).toBe(`DNS:${HOST}`)
    expect(leaf.checkHost(HOST)).toBe(HOST)
    expect(leaf.checkHost('mta-sts.other.test')).toBeUndefined()
    expect(leaf.checkIssued(root) && leaf.verify(root.publicKey)).toBe(true)
    expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
    expect(leaf.ca).toBe(false)
    expect(root.ca).toBe(true)
    expect(leaf.validFromDate.getTime()).toBeLessThan(Date.now())
    expect(leaf.validToDate.getTime() - Date.now()).toBeGreaterThan(29 * DAY)
  })

  it('gives the key that belongs to the certificate', async () => {
    const { key, cert } = await (await localCa()).getCertificate(HOST, signal)
    expect(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))).toBe(true)
  })

  it('takes a host name longer than a common name may be', async () => {
    const long = `mta-sts.${'a'.repeat(60)}.${'b'.repeat(60)}.example.test`
    const { cert } = await (await localCa()).getCertificate(long, signal)
    expect(new X509Certificate(cert).checkHost(long)).toBe(long)
  })

  it('fails with the reason of an aborted signal', async () => {
    const ca = await localCa()
    await expect(ca.getCertificate(HOST, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

describe('the local CA in a folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'local-ca-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is the same after a restart, and only its owner can read the key', async () => {
    const first = await localCa({ folder })
    const second = await localCa({ folder })
    expect(second.caCertificate).toBe(first.caCertificate)
    const { cert } = await second.getCertificate(HOST, signal)
    expect(new X509Certificate(cert).verify(new X509Certificate(first.caCertificate).publicKey)).toBe(true)
    expect((await stat(join(folder, 'ca.pem'))).mode & 0o777).toBe(0o600)
  })

  it('is replaced when it is about to expire', async () => {
    const first = await localCa({ folder })
    const second = await localCa({ folder, now: () => Date.now() + 3640 * DAY })
    expect(second.caCertificate).not.toBe(first.caCertificate)
  })

  it('fails for a damaged file, names it and does not change it', async () => {
    await writeFile(join(folder, 'ca.pem'), 'not a key')
    await expect(localCa({ folder })).rejects.toThrow(join(folder, 'ca.pem'))
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe('not a key')
  })
})
