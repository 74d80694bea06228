import { readable, stackOf } from '../error-text.ts'
import { Deferral, type DeferredReason } from '../provider/defer.ts'
import { DiagnosticError } from '../provider/diagnostic-error.ts'
import type { Path } from '../schema/path.ts'
import type { FieldSpecs } from '../schema/spec.ts'
import { attempts, CrashError } from './crash.ts'
import { type DeferralTerms, NO_DEFERRAL } from './deferral.ts'
import { DiagnosticList } from './diagnostics.ts'
import type { Deferred, Session } from './session.ts'

/** A timer set for longer goes off at once. 24 days are longer than any Terraform runs. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** One call of an author's functions: what it was told, and until when it may run. */
export class Call {
  readonly session: Session
  readonly diagnostics: DiagnosticList
  readonly #signal: AbortSignal
  readonly #doing: string
  readonly #deferral: DeferralTerms
  #refusal = attempts.refusal
  #deferred: Deferred | undefined

  /** `doing` says what the call is about, for messages: "Creating toy_server". */
  constructor(session: Session, doing: string, fields: FieldSpecs, signal: AbortSignal, deferral = NO_DEFERRAL) {
    this.session = session
    this.diagnostics = new DiagnosticList(fields, session.secrets)
    this.#signal = signal
    this.#doing = doing
    this.#deferral = deferral
  }

  /** Why the call is put off to a later plan, if it is. */
  get deferred(): Deferred | undefined {
    return this.#deferred
  }

  /** Runs also where the provider crashed before: for what only ends something. */
  evenAfterCrash(): this {
    this.#refusal = undefined
    return this
  }

  get context() {
    const { client, log } = this.session
    return { client: client as never, log, diagnostics: this.diagnostics, signal: this.#signal, defer }
  }

  /** Like `attempt`, for what needs the configured provider: put off where `configure` put everything off. */
  async attemptConfigured<T>(
    run: (context: Call['context']) => T | Promise<T>,
    timeout?: number,
  ): Promise<T | undefined> {
    const { deferred } = this.session
    if (!deferred) return this.attempt(run, timeout)
    this.#putOff(deferred.why, deferred.reason)
    return undefined
  }

  /** Runs a function of the author. Returns undefined, with a diagnostic, when it throws. */
  async attempt<T>(run: (context: Call['context']) => T | Promise<T>, timeout?: number): Promise<T | undefined> {
    if (this.#refusal) {
      if (!this.diagnostics.failed) this.diagnostics.crashed(this.#doing, this.#refusal)
      return undefined
    }
    const limit = timeout === undefined ? undefined : new AbortController()
    const timer =
      limit &&
      setTimeout(
        () => limit.abort(new TimeoutError(this.#doing, timeout as number)),
        Math.min(timeout as number, LONGEST_TIMER_MS),
      )
    const signal = limit ? AbortSignal.any([this.#signal, limit.signal]) : this.#signal
    try {
      return await attempts.run(
        () => run({ ...this.context, signal }),
        (error) => {
          this.#logStack(error)
          this.diagnostics.crashed(this.#doing, error)
        },
      )
    } catch (thrown) {
      this.#explain(readable(thrown), limit?.signal)
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  /** Reports what was thrown outside of `attempt`. */
  fail(thrown: unknown): void {
    const error = readable(thrown)
    this.#logStack(error)
    this.diagnostics.thrown(this.#doing, error)
  }

  error(title: string, detail: string, path?: Path): void {
    this.diagnostics.error(title, detail, path)
  }

  /** An error that its author wrote for users is of interest to few; any other tells where the provider is wrong. */
  #logStack(error: unknown): void {
    if (error instanceof Deferral) return
    const level = error instanceof DiagnosticError ? 'debug' : 'error'
    this.session.log[level](`${this.#doing} failed`, { error: stackOf(error) })
  }

  #putOff(why: string, reason: DeferredReason): void {
    if (this.#deferral.allowed) this.#deferred ??= { reason, why }
    else this.error(`${this.#doing} has to wait`, `${why}\n\n${CANNOT_WAIT}`)
  }

  #explain(error: unknown, limit: AbortSignal | undefined): void {
    const aborted = limit?.aborted || this.#signal.aborted
    this.#logStack(error)
    if (error instanceof Deferral) this.#putOff(error.message, error.reason ?? this.#deferral.reason)
    else if (error instanceof CrashError) this.diagnostics.crashed(this.#doing, error)
    else if (this.#signal.reason instanceof CrashError) this.diagnostics.crashed(this.#doing, this.#signal.reason)
    // An author's own words about an interruption or a timeout are better than ours.
    else if (!aborted || error instanceof DiagnosticError) this.diagnostics.thrown(this.#doing, error)
    else if (limit?.aborted) this.error(`${this.#doing} took too long`, limit.reason.message + ownWords(error, limit))
    else {
      const told = 'Terraform asked the provider to stop before the operation was complete.'
      this.error(`${this.#doing} was interrupted`, told + ownWords(error, this.#signal))
    }
  }
}

const CANNOT_WAIT =
  'Terraform cannot put this off to a later plan here. Apply what it depends on first, for example with -target.'

function defer(why: string, reason?: DeferredReason): never {
  throw new Deferral(why, reason)
}

/** What an error after an abort says beside the abort itself. */
function ownWords(error: unknown, signal: AbortSignal): string {
  if (!(error instanceof Error) || error === signal.reason || error.name === 'AbortError') return ''
  return `\nIt ended with: ${error.message}`
}

class TimeoutError extends Error {
  constructor(doing: string, timeout: number) {
    super(
      `${doing} was not done after ${timeout / 1000} seconds. If it only needs more time, raise the limit in its \`timeouts\` block.`,
    )
    this.name = 'TimeoutError'
  }
}
