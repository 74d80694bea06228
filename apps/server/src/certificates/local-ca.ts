import { webcrypto } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeSecretFile } from './secret-file.ts'
import type { Certificate, CertificateSource } from './source.ts'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from './x509.ts'

export interface LocalCaOptions {
  /** Folder for the key and certificate of the CA (key mode 0600). Default: in memory only. */
  folder?: string
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}

export interface LocalCa extends CertificateSource {
  /** The certificate of the CA, PEM, which clients must trust. */
  caCertificate: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY = 86_400_000
const CA_LIFE = 3650 * DAY
/** Clients limit the lifetime of server certificates to some months; renewal is free here, so they are short. */
const LEAF_LIFE = 30 * DAY
/** Allows for clock skew. */
const BACKDATE = 3_600_000

interface Authority {
  certificate: X509Certificate
  key: webcrypto.CryptoKey
}

/** A local certificate authority, ECDSA P-256, for the sandbox, tests and private networks. */
export async function localCa(options: LocalCaOptions = {}): Promise<LocalCa> {
  const now = options.now ?? Date.now
  const authority = await openAuthority(options.folder, now())
  return {
    caCertificate: pem(authority.certificate),
    getCertificate: async (hostname, signal) => {
      signal.throwIfAborted()
      return issue(authority, hostname, now())
    },
  }
}

async function openAuthority(folder: string | undefined, now: number): Promise<Authority> {
  if (folder === undefined) return (await createAuthority(now)).authority
  const stored = await readAuthority(folder)
  // A CA about to expire is replaced, because its certificates would expire with it.
  if (stored && stored.certificate.notAfter.getTime() - now > LEAF_LIFE) return stored
  const { authority, keyPem } = await createAuthority(now)
  await mkdir(folder, { recursive: true })
  await writeSecretFile(join(folder, 'ca.pem'), keyPem + pem(authority.certificate))
  return authority
}

/** Key and certificate are in one file, so that a crash cannot leave one without the other. */
async function readAuthority(folder: string): Promise<Authority | undefined> {
  const path = join(folder, 'ca.pem')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const [key, certificate] = PemConverter.decodeWithHeaders(text)
  if (key?.type !== PemConverter.PrivateKeyTag || certificate?.type !== PemConverter.CertificateTag) {
    throw new Error(
      `${path} must contain a private key and a certificate. Restore it from a backup, or remove it to create a new CA.`,
    )
  }
  return {
    certificate: new X509Certificate(certificate.rawData),
    key: await webcrypto.subtle.importKey('pkcs8', key.rawData, ALGORITHM, false, ['sign']),
  }
}

async function createAuthority(now: number): Promise<{ authority: Authority; keyPem: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=DMARC as Code local CA',
    notBefore: new Date(now - BACKDATE),
    notAfter: new Date(now + CA_LIFE),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { authority: { certificate, key: keys.privateKey }, keyPem: await keyToPem(keys.privateKey) }
}

async function issue(authority: Authority, hostname: string, now: number): Promise<Certificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create({
    // No common name: it is limited to 64 characters, and clients only read the alternative name (RFC 9525).
    subject: [],
    issuer: authority.certificate.subjectName,
    notBefore: new Date(now - BACKDATE),
    notAfter: new Date(now + LEAF_LIFE),
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      // Critical, because the subject is empty (RFC 5280 section 4.2.1.6).
      new SubjectAlternativeNameExtension([{ type: 'dns', value: hostname }], true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  })
  return { key: await keyToPem(keys.privateKey), cert: pem(certificate) }
}

async function keyToPem(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), PemConverter.PrivateKeyTag)}\n`
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`
}
