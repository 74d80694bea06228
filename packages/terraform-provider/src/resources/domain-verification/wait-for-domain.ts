import { type Domain, type HostedServiceName, isGood, type WaitProgress, waitUntilReady } from '@dmarc-as-code/client'
import { hostedServiceNames } from '@dmarc-as-code/records'
import { DiagnosticError, type Logger } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { describeCheck } from '../../hosting/describe-check.ts'

/** The API's name of each service. */
export const services = { dmarc: 'hosted_dmarc', mta_sts: 'hosted_mta_sts' } as const

export type WaitLog = Pick<Logger, 'info' | 'warn'>

/** Waits until the services of a domain are ready; what is missing when the signal aborts is the error. */
export async function waitForDomain(
  api: Api,
  accountId: number,
  domain: Domain,
  wanted: readonly HostedServiceName[],
  signal: AbortSignal,
  log: WaitLog,
): Promise<WaitProgress> {
  const started = performance.now()
  let last: WaitProgress | undefined
  try {
    return await waitUntilReady(
      api.client,
      { accountId, domainId: domain.id, services: wanted },
      {
        signal,
        // The resource's own timeout ends the wait, by the signal.
        timeout: Number.MAX_SAFE_INTEGER,
        onProgress(progress) {
          tellProgress(domain.address, progress, last, log)
          last = progress
        },
      },
    )
  } catch (error) {
    if (!signal.aborted) throw error
    throw stillMissing(domain.address, last, (performance.now() - started) / 1000, signal.reason)
  } finally {
    api.stale()
  }
}

/** Before the first pause everything that is missing; later what has changed. */
function tellProgress(address: string, progress: WaitProgress, last: WaitProgress | undefined, log: WaitLog): void {
  const lines = progress.missing.map(describeCheck)
  const before = new Set(last?.missing.map(describeCheck))
  const waited = Math.round(progress.elapsed / 1000)
  if (progress.error) log.warn(`${address}: the look failed, trying again: ${progress.error.message}`, { waited })
  if (!last && lines.length > 0) log.warn(`${address} is not ready: waiting for ${lines.length} records`, { waited })
  for (const line of lines) if (!before.has(line)) log.warn(`${address}: ${line}`, { waited })
  for (const check of progress.checks) {
    const was = last?.checks.find(({ kind, part }) => kind === check.kind && part === check.part)
    if (was && !isGood(was) && isGood(check))
      log.info(`${address}: ${check.kind} ${check.part} is ${check.status}`, { waited })
  }
  log.info(`${address} is ${progress.overall_status ?? 'not known'}`, { attempt: progress.attempt, waited })
}

function stillMissing(
  address: string,
  last: WaitProgress | undefined,
  seconds: number,
  reason: unknown,
): DiagnosticError {
  const interrupted = (reason as Error | undefined)?.name !== 'TimeoutError'
  const missing = (last?.missing ?? []).map((check) => `- ${describeCheck(check)}`)
  const seen =
    missing.length > 0
      ? `Still missing after ${Math.round(seconds)} seconds:\n${missing.join('\n')}`
      : (last?.error?.message ?? 'The service did not report what is missing.')
  return interrupted
    ? new DiagnosticError(
        `Waiting for ${address} was interrupted`,
        `${seen}\n\nRun terraform apply again to continue waiting.`,
      )
    : new DiagnosticError(
        `${address} is not ready`,
        `${seen}\n\nFix these records and apply again. If they are correct but recent, allow more time with \`timeouts { create = "1h" }\`.`,
      )
}

export async function findDomain(api: Api, accountId: number, reference: string, signal: AbortSignal): Promise<Domain> {
  const found = /^\d+$/.test(reference)
    ? await api.fresh(accountId, Number(reference), { signal })
    : await api.find(reference, accountId, { signal })
  if (found) return found
  await api.requireAccess(accountId, { signal })
  throw new DiagnosticError(
    `Domain "${reference}" not found`,
    `Account ${accountId} has no domain with this ID, slug or address. Use \`domain_id = dmarcreport_domain.NAME.id\`.`,
    { path: ['domain_id'] },
  )
}

/** The services to wait for: those named, else all that are hosted. */
export function wantedServices(named: readonly string[] | null, domain: Domain): HostedServiceName[] {
  const hosted = hostedServiceNames.filter((service) => domain[service])
  const wanted = named ? named.map((word) => services[word as keyof typeof services]) : hosted
  const off = wanted.filter((service) => !hosted.includes(service))
  if (wanted.length > 0 && off.length === 0) return wanted
  throw new DiagnosticError(
    `Nothing to verify for ${domain.address}`,
    wanted.length === 0
      ? 'The domain has no hosted services. Set `hosted_dmarc` or `hosted_mta_sts` on the domain, or omit this resource when `length(dmarcreport_domain.NAME.cnames)` is 0, with `count` or an `if` clause in `for_each`.'
      : `${off.join(' and ')} ${off.length === 1 ? 'is' : 'are'} not set on the domain, so it can never be ready.`,
    { path: ['services'] },
  )
}
