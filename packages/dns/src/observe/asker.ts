import type { DnsServer } from '../transport/types.ts'
import type { DnsQuestion } from '../wire/types.ts'
import type { LookBudget } from './budget.ts'
import type { NameServer, ServerAnswer, StubZone, Vantage, Zone } from './types.ts'

export interface AskOptions {
  recursionDesired?: boolean
  checkingDisabled?: boolean
  delegated?: boolean | undefined
  glueOnly?: boolean | undefined
  /** Ends this question with `timed-out`, as opposed to the run's own signal, which ends everything with an error. */
  deadline?: AbortSignal | undefined
}

/** The ways to ask that finding a zone is built on. `ResolverRun` is the one that asks. */
export interface Asker {
  /** What the look may still send, and until when. */
  readonly budget: LookBudget
  readonly recursors: readonly DnsServer[]
  stubFor(name: string): StubZone | undefined
  throwIfAborted(): void
  ask(question: DnsQuestion, server: DnsServer, vantage: Vantage, options?: AskOptions): Promise<ServerAnswer>
  askNameServer(question: DnsQuestion, nameServer: NameServer, options?: AskOptions): Promise<ServerAnswer>
  askRecursors(question: DnsQuestion, options?: AskOptions): Promise<ServerAnswer | undefined>
  findZone(name: string, deadline?: AbortSignal): Promise<Zone>
  addressesOf(host: string, deadline?: AbortSignal): Promise<string[]>
}
