import { type Domain, isGood, type RecordCheck } from '@dmarc-as-code/client'
import { isKnown, isSet, type Logger, type PlanOf, Unknown } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { domainVerificationSchema } from './domain-verification-schema.ts'
import { findDomain, waitForDomain, wantedServices, services as words } from './wait-for-domain.ts'

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
        await api.requireAccess(accountId, { signal }, `Domain ${state.domain_id}`)
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
    const services = wantedServices(
      isKnown(plan.services) ? plan.services : null,
      await api.withHosting(accountId, domain, { signal }),
    )
    const progress = await waitForDomain(api, accountId, domain, services, signal, log)
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
