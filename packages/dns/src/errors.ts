/**
 * The base of every error that this package throws. `expected` separates failures that any run may meet (a server that
 * does not answer, a zone that changed, a file or setting that is wrong), whose message is for people, from misuse by
 * the calling program, whose stack is for its authors.
 */
export class DnsError extends Error {
  override name = 'DnsError'
  readonly expected: boolean
  constructor(message: string, options: ErrorOptions & { expected?: boolean } = {}) {
    const { expected = true, ...rest } = options
    super(message, rest)
    this.expected = expected
  }
}

/** What the caller gave cannot be used: a record, a name, a setting, or a plan that was made for something else. */
export class DnsInputError extends DnsError {
  override name = 'DnsInputError'
}

/** Whether an error is a failure that any run may meet, so that its message is enough. */
export function isExpected(error: unknown): error is DnsError {
  return error instanceof DnsError && error.expected
}
