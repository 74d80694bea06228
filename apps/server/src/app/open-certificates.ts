import type { FastifyBaseLogger } from 'fastify'
import { alpnProof } from '../certificates/alpn-proof.ts'
import {
  acmeCertificates,
  type CertificateCache,
  type CertificateSource,
  cachedCertificates,
  certificateFolder,
  earlierAccountKey,
  followCertificates,
  localCa,
  sealer,
  startAskServer,
  startHttp01Server,
  storedAccountKey,
  storedCertificates,
  storedChallenges,
} from '../certificates/index.ts'
import type { Certificate } from '../certificates/source.ts'
import type { Config } from '../config/schema.ts'
import { lookUpPolicy } from '../policy-host/look-up-policy.ts'
import type { Store } from '../store/open-store.ts'
import { readRoots } from './read-roots.ts'
import { readStoreKeys } from './store-keys.ts'

export interface OpenCertificates {
  /** Undefined when a TLS proxy in front of the server holds the certificates. */
  source: CertificateSource | undefined
  /** The source, where it orders its certificates ahead of time; undefined for the others. */
  ordered: CertificateCache | undefined
  caCertificate: string | undefined
  /** The certificate that proves a host name in a TLS handshake, where the CA asks for it there. */
  alpnProof?: (hostname: string) => Promise<Certificate | undefined>
  close: () => Promise<void>
}

export interface CertificateContext {
  store: Store
  log: FastifyBaseLogger
  now: () => number
  /** Why the CAA records of a host name keep the CA from issuing, as a sentence; undefined where they do not. */
  forbiddenByCaa: (hostname: string) => Promise<string | undefined>
}

/** Opens the configured certificate source, and for the role `policy` the auxiliary servers it needs. */
export async function openCertificates(config: Config, context: CertificateContext): Promise<OpenCertificates> {
  const { certificates } = config.policyHost
  const { store, log, now, forbiddenByCaa } = context
  const serves = config.roles.includes('policy')
  const isVerified = async (hostname: string) => (await lookUpPolicy(store, hostname, { now }))?.verified ?? false
  const onRenewalError = (hostname: string, error: unknown) =>
    log.warn({ err: error, hostname }, 'could not renew a certificate; the current one stays in use')

  if (certificates.source === 'front') {
    const ask = serves ? await startAskServer({ ...certificates.ask, mayServe: isVerified }) : undefined
    return { source: undefined, ordered: undefined, caCertificate: undefined, close: async () => ask?.close() }
  }
  if (certificates.source === 'local-ca') {
    const { folder } = certificates
    const ca = await localCa({ now, ...(folder === undefined ? {} : { folder }) })
    const source = cachedCertificates(ca, { now, onRenewalError })
    return { source, ordered: undefined, caCertificate: ca.caCertificate, close: async () => {} }
  }
  const { directoryUrl, folder, email, accountBinding, roots, http01, challenge } = certificates
  const secrets = sealer(await readStoreKeys(certificates))
  const earlierKey = () => (folder === undefined ? Promise.resolve(undefined) : earlierAccountKey(folder))
  const challenges = storedChallenges(store, challenge, now)
  const acme = acmeCertificates({
    directoryUrl,
    accountKey: await storedAccountKey(store, secrets, directoryUrl, earlierKey),
    challenge,
    challenges,
    ...(email === undefined ? {} : { email }),
    ...(accountBinding === undefined ? {} : { accountBinding }),
    ...(roots === undefined ? {} : { roots: await readRoots(roots) }),
  })
  // Not awaited: a CA that is down must not keep the zone and the policies from being served.
  void acme.probe().catch((error: unknown) => {
    log.error(
      { err: error, directoryUrl },
      'the directory of the certificate authority cannot be used; orders will fail',
    )
  })
  const kept = cachedCertificates(acme, {
    now,
    store: storedCertificates(store, secrets, folder === undefined ? undefined : certificateFolder(folder)),
    onDemand: false,
    // CAs limit failed orders, so nothing is ordered until the customer's CNAME is seen pointing here, or where the CA would
    // have to refuse.
    whyNot: async (hostname) =>
      (await isVerified(hostname)) ? forbiddenByCaa(hostname) : 'its CNAME is not seen pointing here yet.',
  })
  const proofs = serves && challenge === 'http-01' ? await startHttp01Server({ challenges, ...http01 }) : undefined
  const following = followCertificates(store, kept, {
    onError: (error) => log.error({ err: error }, 'could not look for certificates that other processes renewed'),
  })
  const close = async () => {
    await following.stop()
    await proofs?.close()
  }
  const proof = async (hostname: string) => {
    const keyAuthorization = await challenges.get(hostname)
    return keyAuthorization === undefined ? undefined : alpnProof(hostname, keyAuthorization, Date.now())
  }
  const byTls = challenge === 'tls-alpn-01' ? { alpnProof: proof } : {}
  return { source: kept, ordered: kept, caCertificate: undefined, ...byTls, close }
}
