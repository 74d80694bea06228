/** A certificate with its key, both PEM. `cert` starts with the host's own certificate; its issuers follow. */
export interface Certificate {
  key: string
  cert: string
}

/** Where certificates come from: the local CA, ACME. Asked only for names that are verified to point here. */
export interface CertificateSource {
  /**
   * A certificate valid now for exactly `hostname`.
   *
   * @throws {Error} when none can be had; the reason of `signal` when it aborts
   */
  getCertificate(hostname: string, signal: AbortSignal): Promise<Certificate>
}
