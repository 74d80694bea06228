import { excerpt } from '@dmarc-as-code/primitives'
import type { DmarcReportClient } from './client.ts'
import { AbortedError, ApiError, DmarcReportError, InvalidArgumentError } from './core/errors.ts'
import { isPassing } from './core/transport.ts'
import { type HostedServiceName, hostedServiceNames, type OverallStatus } from './enumerations.ts'
import type { IdOrSlug } from './input/id-or-slug.ts'
import { isGood, type RecordCheck } from './read/check.ts'
import { overallOfAll } from './read/overall-of-all.ts'

/** Which domain to wait for. */
export interface WaitTarget {
  /** The account that the domain is in. */
  accountId: IdOrSlug
  /** Id or slug of the domain. */
  domainId: IdOrSlug
  /** Which services; those that are on when left out. */
  services?: readonly HostedServiceName[] | undefined
}

/** Options of `waitUntilReady`. */
export interface WaitOptions {
  /** Ends the wait with an `AbortedError`. */
  signal?: AbortSignal | undefined
  /** Milliseconds in all. @default 600000, ten minutes */
  timeout?: number | undefined
  /** Called after every look, and after a look that failed. */
  onProgress?: ((progress: WaitProgress) => void) | undefined
  /** Milliseconds until the second look; grows by half each time. @default 2000 */
  interval?: number | undefined
  /** Longest time between two looks, in milliseconds. @default 30000 */
  maxInterval?: number | undefined
}

/** The progress of a wait after a look. */
export interface WaitProgress {
  /** Looks so far. */
  attempt: number
  /** Milliseconds since the wait began. */
  elapsed: number
  /** The verdict over all services; undefined until a look succeeded. */
  overall_status: OverallStatus | undefined
  /** Every part of every service, as last seen. */
  checks: readonly RecordCheck[]
  /** Those that are not as they should be. */
  missing: readonly RecordCheck[]
  /** Why the latest look failed, if it did. */
  error?: DmarcReportError
}

/** The deadline passed first. `progress` is what was seen last. */
export class NotReadyError extends DmarcReportError {
  override name = 'NotReadyError'
  /** The state at the deadline. */
  readonly progress: WaitProgress

  constructor(message: string, progress: WaitProgress, options?: ErrorOptions) {
    super(message, options)
    this.progress = progress
  }
}

const growth = 1.5

/**
 * Waits until the server finds everything ready: looks at once, then with back-off and jitter, until ready, the deadline
 * (`NotReadyError`), the caller's abort (`AbortedError`), or an error that waiting cannot fix. Failures of the network or
 * the server do not end the wait; a `Retry-After` is heeded, and one that reaches beyond the deadline ends it at once.
 *
 * @example
 * await waitUntilReady(client, { accountId: 7, domainId: 'example-com' }, { timeout: 15 * 60_000 })
 */
export async function waitUntilReady(
  client: DmarcReportClient,
  target: WaitTarget,
  options: WaitOptions = {},
): Promise<WaitProgress> {
  const { signal, timeout = 600_000, onProgress, interval = 2_000, maxInterval = 30_000 } = options
  const { clock, random } = client
  const started = clock.now()
  const over = new AbortController()
  const finished = new AbortController()
  clock.sleep(timeout, finished.signal).then(
    () => over.abort(),
    () => {},
  )
  const stop = AbortSignal.any(signal ? [signal, over.signal] : [over.signal])
  let progress: WaitProgress = { attempt: 0, elapsed: 0, overall_status: undefined, checks: [], missing: [] }
  let services = target.services
  if (services?.length === 0) throw nothingToWaitFor(target, 'services is empty')
  try {
    for (let pause = interval; ; pause = Math.min(maxInterval, pause * growth)) {
      const attempt = progress.attempt + 1
      try {
        services ??= await servicesThatAreOn(client, target, stop)
        const seen = await look(client, target, services, stop)
        progress = { attempt, elapsed: clock.now() - started, ...seen }
      } catch (error) {
        if (!isPassing(error)) throw error
        progress = { ...progress, attempt, elapsed: clock.now() - started, error: error as DmarcReportError }
      }
      onProgress?.(progress)
      if (progress.overall_status === 'ready' && !progress.error) return progress
      const asked = progress.error instanceof ApiError ? (progress.error.retryAfter ?? 0) : 0
      // Longer than this wait may last: the server will not answer in time, so waiting on is of no use.
      if (asked > timeout - (clock.now() - started)) throw notReady(target, clock.now() - started, progress)
      // Between half and the whole of the pause: many waits begun together drift apart, and none becomes hasty.
      await clock.sleep(Math.max(asked, pause * (0.5 + random() / 2)), stop)
    }
  } catch (error) {
    if (signal?.aborted) {
      throw new AbortedError('Waiting until ready was aborted by the caller', { cause: signal.reason })
    }
    if (over.signal.aborted) throw notReady(target, timeout, progress)
    throw error
  } finally {
    finished.abort()
  }
}

async function servicesThatAreOn(
  client: DmarcReportClient,
  { accountId, domainId }: WaitTarget,
  signal: AbortSignal,
): Promise<HostedServiceName[]> {
  const hosted = await client.domains.hostedServices(accountId, domainId, { signal })
  const services = hostedServiceNames.filter((service) => hosted[service])
  if (services.length > 0) return services
  throw nothingToWaitFor({ domainId }, 'it has neither hosted DMARC nor hosted MTA-STS. Switch one on first')
}

const nothingToWaitFor = ({ domainId }: Pick<WaitTarget, 'domainId'>, why: string) =>
  new InvalidArgumentError(`Nothing to wait for at domain ${domainId}: ${why}.`)

async function look(
  client: DmarcReportClient,
  { accountId, domainId }: WaitTarget,
  services: readonly HostedServiceName[],
  signal: AbortSignal,
): Promise<Pick<WaitProgress, 'overall_status' | 'checks' | 'missing'>> {
  const verifications = await Promise.all(
    services.map((service) =>
      service === 'hosted_dmarc'
        ? client.domains.verifyHostedDmarc(accountId, domainId, { signal })
        : client.domains.verifyHostedMtaSts(accountId, domainId, { signal }),
    ),
  )
  const checks = verifications.flatMap((verification) => verification.checks)
  return {
    overall_status: overallOfAll(verifications),
    checks,
    missing: checks.filter((check) => !isGood(check)),
  }
}

function notReady({ domainId }: WaitTarget, timeout: number, progress: WaitProgress): NotReadyError {
  const lines = progress.missing.map(describe)
  if (progress.error) lines.push(`The latest look failed: ${progress.error.message}`)
  if (lines.length === 0) lines.push(progress.attempt === 0 ? 'No look was finished.' : 'The server does not say why.')
  const head = `Domain ${domainId} is ${progress.overall_status ?? 'not known to be ready'} after ${timeout} ms`
  return new NotReadyError(
    [`${head}:`, ...lines.map((line) => `- ${line}`)].join('\n'),
    progress,
    progress.error && { cause: progress.error },
  )
}

const partNames = { cname: 'CNAME', txt: 'TXT record', policy_file: 'policy file' } as const

/** One line a person can act on: what, where, expected, found, next step. Records hold what anybody writes into them. */
function describe(check: RecordCheck): string {
  const told = (value: string | null | undefined) => excerpt(value ?? '', 500)
  const where = check.name ? ` at ${told(check.name)}` : ''
  const reason = check.reason ? ` (${told(check.reason)})` : ''
  const expected = check.expected ? `, expected ${told(check.expected)}` : ''
  const found = check.found ? `, found ${told(check.found)}` : ''
  const fix = check.fix ? ` ${told(check.fix)}` : ''
  return `${check.kind} ${partNames[check.part]}${where} is ${told(check.status)}${reason}${expected}${found}.${fix}`
}
