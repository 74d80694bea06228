/** A certificate and its key, both PEM. `cert` starts with the host's certificate, followed by its issuers. */
export interface Certificate {
  key: string
  cert: string
}

/** A source of certificates: the local CA or ACME. Called only for names that are verified to point here. */
export interface CertificateSource {
  /**
   * Returns a currently valid certificate for exactly `hostname`.
   *
   * @throws {Error} when none can be obtained; the reason of `signal` when it aborts
   */
  getCertificate(hostname: string, signal: AbortSignal): Promise<Certificate>
}
