import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 86_400_000

export interface Identity {
  cert: string
  key: string
}

/** A certificate authority for tests. `issue` makes a certificate for names; `validDays` may lie in the past. */
export async function testAuthority() {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const root = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test authority',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 90 * day),
    notAfter: new Date(Date.now() + 90 * day),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  })
  return {
    ca: root.toString('pem'),
    async issue(
      name: string,
      validDays: [from: number, to: number] = [-1, 30],
      { names = [name], usages = [] as string[] } = {},
    ): Promise<Identity> {
      const own = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      const certificate = await X509CertificateGenerator.create({
        subject: `CN=${name}`,
        issuer: root.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        notBefore: new Date(Date.now() + validDays[0] * day),
        notAfter: new Date(Date.now() + validDays[1] * day),
        extensions: [
          ...(names.length > 0
            ? [new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value })))]
            : []),
          ...(usages.length > 0 ? [new ExtendedKeyUsageExtension(usages)] : []),
        ],
      })
      const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey)).toString('base64')
      return {
        cert: certificate.toString('pem'),
        key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
      }
    },
  }
}
