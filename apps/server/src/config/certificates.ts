import type { FastifyBaseLogger } from 'fastify'
import {
  acmeCertificates,
  type CertificateSource,
  certificateFolder,
  http01Challenges,
  keptCertificates,
  localCa,
  startAskServer,
  startHttp01Server,
} from '../certificates/index.ts'
import type { Store } from '../store/open-store.ts'
import { lookupPolicy } from '../workers/policy-lookup.ts'
import type { Config } from './schema.ts'

export interface OpenCertificates {
  /** Undefined when a TLS front before us has the certificates. */
  source: CertificateSource | undefined
  caCertificate: string | undefined
  close: () => Promise<void>
}

export interface CertificateContext {
  store: Store
  log: FastifyBaseLogger
  now: () => number
}

/** Opens where certificates come from, as configured, with the small servers that belong to it. */
export async function openCertificates(config: Config, context: CertificateContext): Promise<OpenCertificates> {
  const { certificates } = config.policyHost
  const { store, log, now } = context
  const isVerified = async (hostname: string) => (await lookupPolicy(store, hostname, { now }))?.verified ?? false
  const onRenewalError = (hostname: string, error: unknown) =>
    log.warn({ err: error, hostname }, 'a certificate could not be renewed; the old one still serves')

  if (certificates.source === 'front') {
    const ask = await startAskServer({ ...certificates.ask, mayServe: isVerified })
    return { source: undefined, caCertificate: undefined, close: ask.close }
  }
  if (certificates.source === 'local-ca') {
    const { folder } = certificates
    const ca = await localCa({ now, ...(folder === undefined ? {} : { folder }) })
    const source = keptCertificates(ca, { now, onRenewalError })
    return { source, caCertificate: ca.caCertificate, close: async () => {} }
  }
  const challenges = http01Challenges()
  const { directoryUrl, folder, email, http01 } = certificates
  const acme = await acmeCertificates({ directoryUrl, folder, challenges, ...(email === undefined ? {} : { email }) })
  const kept = keptCertificates(acme, {
    now,
    store: certificateFolder(folder),
    // A CA counts failed orders; so none is placed before the customer's CNAME was seen pointing here.
    mayOrder: isVerified,
    onRenewalError,
  })
  const proofs = await startHttp01Server({ challenges, ...http01 })
  return { source: kept, caCertificate: undefined, close: proofs.close }
}
