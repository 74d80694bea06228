import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import {
  bitString,
  boolean,
  der,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts'

export interface Certificate {
  /** The certificate itself; the handshake hands it to Terraform, which trusts exactly these bytes. */
  readonly der: Buffer
  readonly certificatePem: string
  /** Never leaves the process. */
  readonly privateKeyPem: string
}

const DAY = 24 * 60 * 60 * 1000

/**
 * A fresh P-256 key and a certificate for it, signed by itself. Terraform dials its plugins as `localhost`. Written by
 * hand because every library for it takes longer than the rest of the start.
 */
export function selfSignedCertificate(now: Date = new Date()): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String('localhost'))))
  const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))
  const toBeSigned = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    integer(randomBytes(16)),
    ecdsaWithSha256,
    name,
    // Half a minute back, for clocks of containers that lag behind their host's.
    sequence(time(new Date(now.getTime() - 30_000)), time(new Date(now.getTime() + 365 * DAY))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, extensions()),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bitString(signature))
  return {
    der: certificate,
    certificatePem: pem('CERTIFICATE', certificate),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}

function extensions(): Buffer {
  const extension = (id: string, critical: boolean, value: Buffer) =>
    sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value))
  // digitalSignature, keyEncipherment, keyAgreement and keyCertSign: bits 0, 2, 4 and 5, two bits unused.
  const keyUsage = bitString(Uint8Array.of(0b1010_1100), 2)
  const serverAndClient = sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'), objectIdentifier('1.3.6.1.5.5.7.3.2'))
  return sequence(
    extension('2.5.29.19', true, sequence(boolean(true))),
    extension('2.5.29.15', true, keyUsage),
    extension('2.5.29.37', false, serverAndClient),
    extension('2.5.29.17', false, sequence(der(0x82, Buffer.from('localhost')))),
  )
}

/** Lines of 64 characters and no empty line: OpenSSL takes an empty line for the end of the data. */
function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
