import type { RenewalInfo } from './renewal-info.ts'

/** A certificate and its key, both PEM. `cert` starts with the host's certificate, followed by its issuers. */
export interface Certificate {
  key: string
  cert: string
}

/** A source of certificates: the local CA or ACME. Called only for names that are verified to point here. */
export interface CertificateSource {
  /**
   * Returns a currently valid certificate for exactly `hostname`. `replaced` is the one it takes the place of, if any.
   *
   * @throws {Error} when none can be obtained; the reason of `signal` when it aborts
   */
  getCertificate(hostname: string, signal: AbortSignal, replaced?: Certificate): Promise<Certificate>
  /** When to renew a certificate (RFC 9773); undefined where the source does not say. Default: it never does. */
  renewalInfo?: (certificate: Certificate, signal: AbortSignal) => Promise<RenewalInfo | undefined>
}
