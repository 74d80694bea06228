import type { Path } from '../schema/path.ts'

/** Collects what the user should be told. An error fails the operation once the author's function has returned. */
export interface Diagnostics {
  error(title: string, detail?: string, path?: Path): void
  warning(title: string, detail?: string, path?: Path): void
}

/** Writes to Terraform's log (`TF_LOG`). Sensitive values seen by the provider are masked. */
export interface Logger {
  trace(message: string, fields?: LogFields): void
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export type LogFields = { readonly [name: string]: unknown }

/** Data kept beside a resource's state that users never see, as JSON. */
export interface PrivateState {
  get(key: string): unknown
  set(key: string, value: unknown): void
}

/** What every function of an author is given. */
export interface Context {
  readonly diagnostics: Diagnostics
  readonly log: Logger
  /** Aborted when Terraform is interrupted, and when the operation's timeout has run out. */
  readonly signal: AbortSignal
}

export interface ClientContext<Client> extends Context {
  /** What the provider's `configure` returned. */
  readonly client: Client
}
