import { createHash, webcrypto } from 'node:crypto'
import type { Certificate } from './source.ts'
import { Extension, PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from './x509.ts'

/** The application protocol of TLS-ALPN-01 (RFC 8737 section 4). */
export const acmeTlsProtocol = 'acme-tls/1'

const acmeIdentifier = '1.3.6.1.5.5.7.1.31'
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const hour = 3_600_000

/** The certificate that proves a host name to the CA (RFC 8737 section 3): self-signed, with the digest of the key authorization. */
export async function alpnProof(hostname: string, keyAuthorization: string, now: number): Promise<Certificate> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const digest = createHash('sha256').update(keyAuthorization).digest()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(now - hour),
    notAfter: new Date(now + hour),
    extensions: [
      // Critical, because the subject is empty (RFC 5280 section 4.2.1.6).
      new SubjectAlternativeNameExtension([{ type: 'dns', value: hostname }], true),
      // An OCTET STRING of 32 bytes.
      new Extension(acmeIdentifier, true, Buffer.concat([Buffer.from([4, digest.length]), digest])),
    ],
  })
  const key = PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
    PemConverter.PrivateKeyTag,
  )
  return { key: `${key}\n`, cert: `${certificate.toString('pem')}\n` }
}
