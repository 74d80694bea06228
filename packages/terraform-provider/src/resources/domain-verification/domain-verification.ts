import {
  type Domain,
  type HostedServiceName,
  isGood,
  type RecordCheck,
  type WaitProgress,
  waitUntilReady,
} from '@dmarc-as-code/client'
import { hostedServiceNames } from '@dmarc-as-code/records'
import { DiagnosticError, isKnown, isSet, type Logger, type PlanOf, Unknown } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { describeCheck } from '../../hosting/describe-check.ts'
import { domainVerificationSchema } from './domain-verification-schema.ts'

const words = { dmarc: 'hosted_dmarc', mta_sts: 'hosted_mta_sts' } as const

export const domainVerification = define.resource({
  description:
    'Waits until a domain is ready: the CNAMEs are correct, the hosted records are published and the policy file is served. This is the only resource that waits. Destroying it changes nothing. It fails for a domain without hosted services; exclude such domains with `for_each = { for name, domain in dmarcreport_domain.this : name => domain if length(domain.cnames) > 0 }`.',
  schema: domainVerificationSchema,
  timeouts: { create: '30m', update: '30m' },

  modifyPlan({ action, state, config }) {
    // What was ready and is so no more has to be waited for again.
    if (action !== 'update' || state.ready) return undefined
    return {
      verified: Unknown,
      ready: Unknown,
      checks: Unknown,
      ...(config.services === null && { services: Unknown }),
    }
  },

  async create({ plan, client: { api }, signal, log }) {
    return waitFor(plan, api, signal, log)
  },

  async update({ plan, client: { api }, signal, log }) {
    return waitFor(plan, api, signal, log)
  },

  async read({ state, client: { api }, signal }) {
    return explaining(`Reading the state of domain ${state.domain_id}`, signal, async () => {
      const domains = await api.domainsUnlessReported({ signal })
      if (!domains) return state
      const domain = domains.get(Number(state.id))
      if (!domain) {
        const accountId = await api.accountId(state.account_id, { signal })
        if (await api.fresh(accountId, Number(state.id), { signal })) return state
        await api.requireAccess(accountId, `Domain ${state.domain_id}`, { signal })
        return null
      }
      const lost = lostRecords(domain, state.services)
      return lost.length === 0 ? state : { ...state, verified: false, ready: false, checks: merged(state.checks, lost) }
    })
  },

  delete() {},
})

type Plan = PlanOf<typeof domainVerificationSchema>

async function waitFor(plan: Plan, api: Api, signal: AbortSignal, log: Logger) {
  const doing = `Verifying domain ${plan.domain_id}`
  return explaining(doing, signal, async () => {
    const accountId = await api.accountId(isKnown(plan.account_id) ? plan.account_id : null, { signal })
    const domain = await findDomain(api, accountId, plan.domain_id, signal)
    const services = wantedServices(plan, await api.withHosting(accountId, domain, { signal }))
    const progress = await wait(api, accountId, domain, services, signal, log)
    return {
      id: String(domain.id),
      account_id: isSet(plan.account_id) ? plan.account_id : String(accountId),
      services: (['dmarc', 'mta_sts'] as const).filter((word) => services.includes(words[word])),
      verified: progress.checks.every((check) => check.part !== 'cname' || isGood(check)),
      ready: true,
      checks: progress.checks.map(checkView),
    }
  })
}

async function wait(
  api: Api,
  accountId: number,
  domain: Domain,
  services: readonly HostedServiceName[],
  signal: AbortSignal,
  log: Logger,
): Promise<WaitProgress> {
  const started = performance.now()
  let last: WaitProgress | undefined
  try {
    return await waitUntilReady(
      api.client,
      { accountId, domainId: domain.id, services },
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
function tellProgress(address: string, progress: WaitProgress, last: WaitProgress | undefined, log: Logger): void {
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

async function findDomain(api: Api, accountId: number, reference: string, signal: AbortSignal): Promise<Domain> {
  const found = /^\d+$/.test(reference)
    ? await api.fresh(accountId, Number(reference), { signal })
    : await api.find(reference, accountId, { signal })
  if (found) return found
  throw new DiagnosticError(
    `Domain "${reference}" not found`,
    `Account ${accountId} has no domain with this ID, slug or address. Use \`domain_id = dmarcreport_domain.NAME.id\`.`,
    { path: ['domain_id'] },
  )
}

function wantedServices(plan: Plan, domain: Domain): HostedServiceName[] {
  const hosted = hostedServiceNames.filter((service) => domain[service])
  const wanted = isKnown(plan.services) ? plan.services.map((word) => words[word as keyof typeof words]) : hosted
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

type CheckView = ReturnType<typeof checkView>

const checkView = (check: RecordCheck) => ({
  record: check.kind as string,
  part: check.part as string,
  status: check.status,
  name: check.name ?? null,
  reason: check.reason ?? null,
  expected: check.expected ?? null,
  found: check.found ?? null,
  fix: check.fix ?? null,
})

/** CNAMEs that a list of the API positively calls wrong. */
function lostRecords(domain: Domain, services: readonly string[]): CheckView[] {
  return (domain.cname_records ?? [])
    .filter(({ service }) => services.some((word) => words[word as keyof typeof words] === service))
    .filter(({ status }) => status === 'misconfigured' || status === 'awaiting_setup')
    .map(({ kind, status, name, reason, value }) => ({
      ...checkView({ kind, part: 'cname', status: status ?? '', name, expected: value }),
      reason: reason ?? null,
    }))
}

const merged = (before: readonly CheckView[], lost: readonly CheckView[]): CheckView[] =>
  before.map((check) => lost.find(({ record, part }) => record === check.record && part === check.part) ?? check)
