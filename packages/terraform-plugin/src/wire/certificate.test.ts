import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { expect, it } from 'vitest'
import { selfSignedCertificate } from './certificate.ts'

it('makes certificates that OpenSSL takes, every time', { timeout: 60_000 }, () => {
  // PEM and DER written by hand fail at lengths that come up once in hundreds of keys, so one certificate proves little.
  for (let round = 0; round < 3_000; round++) {
    const { certificatePem, privateKeyPem } = selfSignedCertificate()
    createSecureContext({ cert: certificatePem, key: privateKeyPem, ca: certificatePem })
  }
})

it('makes a certificate for localhost that signs itself', () => {
  const now = new Date('2026-11-23T10:00:00Z')
  const { der, certificatePem, privateKeyPem } = selfSignedCertificate(now)
  const certificate = new X509Certificate(der)
  expect(new X509Certificate(certificatePem).raw).toEqual(der)
  expect(certificate.subject).toBe('CN=localhost')
  expect(certificate.issuer).toBe('CN=localhost')
  expect(certificate.checkHost('localhost')).toBe('localhost')
  expect(certificate.ca).toBe(true)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.checkPrivateKey(createPrivateKey(privateKeyPem))).toBe(true)
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
  expect(new Date(certificate.validFrom)).toEqual(new Date('2026-11-23T09:59:30Z'))
  expect(new Date(certificate.validTo)).toEqual(new Date('2027-11-23T10:00:00Z'))
})

it('never repeats a serial number or a key', () => {
  const made = Array.from({ length: 20 }, () => new X509Certificate(selfSignedCertificate().der))
  expect(new Set(made.map(({ serialNumber }) => serialNumber)).size).toBe(20)
  expect(new Set(made.map(({ fingerprint }) => fingerprint)).size).toBe(20)
})

it('writes years from 2050 on as OpenSSL expects them', () => {
  const { der } = selfSignedCertificate(new Date('2055-01-02T03:04:05Z'))
  expect(new Date(new X509Certificate(der).validFrom)).toEqual(new Date('2055-01-02T03:03:35Z'))
})
