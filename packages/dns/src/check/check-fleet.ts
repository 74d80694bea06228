import { type CheckRecordsInput, checkRecords, type RecordVerdicts } from './check-records.ts'

/** One domain of a fleet. */
export type FleetDomain = Pick<CheckRecordsInput, 'domain' | 'expected' | 'previous'>

export interface CheckFleetInput extends Omit<CheckRecordsInput, 'domain' | 'expected' | 'previous'> {
  /** Read as it is needed, so that it may be longer than memory. */
  domains: Iterable<FleetDomain> | AsyncIterable<FleetDomain>
  /** Domains looked at at once. Default 100: with four names each, enough to keep a bulk client's line filled. */
  concurrency?: number
}

/** Verdicts that may wait to be read before work pauses. */
const mostUnread = 1000

export interface FleetVerdict {
  domain: string
  verdicts: RecordVerdicts
}

/**
 * Checks many domains, and yields each as soon as it is known, in no particular order. Use it with a resolver over
 * `createBulkDnsClient()`. Leaving the loop early stops the work.
 */
export async function* checkFleet(input: CheckFleetInput): AsyncGenerator<FleetVerdict, void, undefined> {
  const { domains, concurrency = 100, signal, ...shared } = input
  const stop = new AbortController()
  const inner = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const source = Symbol.asyncIterator in domains ? domains[Symbol.asyncIterator]() : domains[Symbol.iterator]()
  const done: FleetVerdict[] = []
  let failure: { error: unknown } | undefined
  let running = 0
  let exhausted = false
  let wake = () => {}

  const worker = async () => {
    while (!exhausted && !failure) {
      const next = await source.next()
      if (next.done) {
        exhausted = true
        break
      }
      const { value } = next
      const verdicts = await checkRecords({ ...shared, ...value, signal: inner })
      done.push({ domain: value.domain, verdicts })
      wake()
      // Whoever reads is slower than the DNS: wait, or the verdicts pile up.
      while (done.length > mostUnread && !failure && !inner.aborted)
        await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const start = () => {
    running++
    worker()
      .catch((error) => {
        failure ??= { error }
      })
      .finally(() => {
        running--
        wake()
      })
  }

  try {
    for (let i = 0; i < concurrency; i++) start()
    for (;;) {
      const ready = done.splice(0)
      // Not `yield*`, which goes through an iterator of its own for each.
      for (const verdict of ready) yield verdict
      if (failure) throw failure.error
      if (ready.length > 0 || done.length > 0) continue
      if (running === 0) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    stop.abort(new Error('The check of the fleet was left early.'))
    await source.return?.(undefined)
  }
}
