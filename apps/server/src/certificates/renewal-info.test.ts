import { webcrypto } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { certificateId, parseSuggestedWindow } from './renewal-info.ts'
import { AuthorityKeyIdentifierExtension, X509CertificateGenerator } from './x509.ts'

async function certificate(serialNumber: string, keyId: string | undefined): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const made = await X509CertificateGenerator.createSelfSigned({
    serialNumber,
    name: 'CN=example.com',
    notBefore: new Date(0),
    notAfter: new Date(1_000_000),
    keys: await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']),
    signingAlgorithm: algorithm,
    extensions: keyId === undefined ? [] : [new AuthorityKeyIdentifierExtension(keyId)],
  })
  return made.toString('pem')
}

describe('the id of a certificate in renewal information', () => {
  it('is that of the example in RFC 9773 section 4.1, also at the head of a chain', async () => {
    const leaf = await certificate('0087654321', '69885b6b87464041e1b37b847ba0ae2cde01c8d4')
    expect(certificateId(leaf)).toBe('aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE')
    const issuer = await certificate('01', '00')
    expect(certificateId(`${leaf}\n${issuer}\n`)).toBe('aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE')
  })

  it('is not known without the key of the issuer', async () => {
    expect(certificateId(await certificate('01', undefined))).toBeUndefined()
  })
})

describe('a suggested window', () => {
  it('is read with any offset from UTC', () => {
    const suggestedWindow = { start: '2026-01-02T04:00:00Z', end: '2026-01-03T06:00:00.5+02:00' }
    expect(parseSuggestedWindow({ suggestedWindow })).toEqual({
      start: Date.UTC(2026, 0, 2, 4),
      end: Date.UTC(2026, 0, 3, 4, 0, 0, 500),
    })
  })

  it.each([
    null,
    'text',
    {},
    { suggestedWindow: null },
    { suggestedWindow: { start: '2026-01-02T04:00:00Z' } },
    { suggestedWindow: { start: '2026-01-02T04:00:00Z', end: 'soon' } },
    { suggestedWindow: { start: '2026-01-02T04:00:00Z', end: '2026-01-02T04:00:00Z' } },
    { suggestedWindow: { start: 1, end: 2 } },
  ])('is none in %j', (body) => {
    expect(parseSuggestedWindow(body)).toBeUndefined()
  })
})
