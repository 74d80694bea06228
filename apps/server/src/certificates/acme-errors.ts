/** The directory of the CA cannot be reached, or its certificate is not trusted. */
export class AcmeUnreachableError extends Error {
  override readonly name = 'AcmeUnreachableError'
}

/** The CA asks to come back later (429, or 503 with `Retry-After`). */
export class AcmeBusyError extends Error {
  override readonly name = 'AcmeBusyError'
  /** Milliseconds to wait; undefined where the CA does not say. */
  readonly retryAfter: number | undefined

  constructor(message: string, retryAfter: number | undefined) {
    super(message)
    this.retryAfter = retryAfter
  }
}

/** No certificate was issued, in the words of the CA. */
export class AcmeOrderError extends Error {
  override readonly name = 'AcmeOrderError'
  /** What the owner of the domain may read: the words of the CA, without the addresses and settings of the operator. */
  readonly publicWords: string
  /** Milliseconds after which the CA takes another order; undefined where it does not say. */
  readonly retryAfter: number | undefined

  constructor(message: string, options: { cause: unknown; publicWords: string; retryAfter?: number | undefined }) {
    super(message, { cause: options.cause })
    this.publicWords = options.publicWords
    this.retryAfter = options.retryAfter
  }
}
