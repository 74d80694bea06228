import { ProblemError } from '../../shared/problems.ts'

/**
 * Where tokens and DNS credentials live. Four ways it can fail are four different things to a person: `unavailable` (this
 * system has no password store), `locked`, `empty` (open, but our entry is gone) and `damaged` (an entry that is not ours
 * to read). There is no fallback to a file, and a secret that cannot be read is never deleted.
 */
export interface SecretStore {
  read(name: string): Promise<SecretReading>
  /** Throws `SecretStoreError`. */
  write(name: string, value: string): Promise<void>
  /** Throws `SecretStoreError`. Removing what is not there is fine. */
  remove(name: string): Promise<void>
}

export type SecretFailure = 'unavailable' | 'locked' | 'empty' | 'damaged'

export type SecretReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly failure: SecretFailure }

export class SecretStoreError extends Error {
  override readonly name = 'SecretStoreError'
  readonly failure: 'unavailable' | 'locked'

  constructor(failure: 'unavailable' | 'locked', options?: ErrorOptions) {
    super(failure === 'locked' ? 'the password store is locked' : 'no password store responds', options)
    this.failure = failure
  }
}

/** What a write or a removal threw, as an entry of the catalogue. */
export function secretProblem(error: unknown): unknown {
  return error instanceof SecretStoreError ? new ProblemError(`secret-${error.failure}`, '', { cause: error }) : error
}
