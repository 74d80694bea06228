import { DnsError } from '../errors.ts'
import type { DnsClient } from '../transport/types.ts'
import type { PolicyFetcher } from '../verify/policy-fetch.ts'

/** Everything a command touches besides the DNS services, so that tests can stand in for it. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** All of standard input. */
  readInput(): Promise<string>
  /** Asks a yes-or-no question; undefined when nobody is there to answer. */
  confirm?: (question: string) => Promise<boolean>
  env: Record<string, string | undefined>
  /** Whether progress may be drawn over itself. */
  terminal: boolean
  signal: AbortSignal
  /** Default: UDP, TCP and DoH as questions need. */
  client?: DnsClient
  fetch?: typeof fetch
  /** Fetches policy files. Default: over HTTPS from the host itself. */
  policies?: PolicyFetcher
  clock?: () => number
  /** Waits, in milliseconds. Default: a timer. */
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** What the shell and a pipeline learn. */
export const exitCodes = {
  /** Everything is right, or was done. */
  ok: 0,
  /** `check`: something is missing or wrong. `plan`: there are changes to make. `evidence`: the policy may not be tightened yet. */
  attention: 1,
  /** Conflicting or blocked records; nothing was touched. */
  conflict: 2,
  /** A service or the network failed, or the answer was refused. */
  failed: 3,
  /** The plan weakens the protection that is live, and no reason was given; nothing was touched. */
  weaker: 4,
  /** The command line, a file or a setting cannot be used (EX_USAGE). */
  usage: 64,
  /** Ctrl-C. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The command line or a file given on it cannot be used. */
export class UsageError extends DnsError {
  override name = 'UsageError'
}
