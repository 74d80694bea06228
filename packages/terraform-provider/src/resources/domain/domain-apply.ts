import type { Domain } from '@dmarc-as-code/client'
import { NotFoundError } from '@dmarc-as-code/client'
import { hostedNames } from '@dmarc-as-code/records'
import {
  type CreateRequest,
  type DeleteRequest,
  DiagnosticError,
  isKnown,
  type StateOf,
  type UpdateRequest,
} from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { explaining, type FieldPaths } from '../../api/explain-api-error.ts'
import type { ProviderContext } from '../../context/provider-context.ts'
import { CACHED_UNTIL, cachedAfter, cachedUntil } from '../../hosting/cached-policy.ts'
import { hosts } from '../../hosting/mta-sts-state.ts'
import { withdrawalWarning } from '../../hosting/mta-sts-withdrawal.ts'
import { createDomain } from './domain-create.ts'
import { asEnded, endLater, servicesToEndLater } from './domain-ending.ts'
import { moveToAccount } from './domain-move.ts'
import { ID } from './domain-plan-checks.ts'
import { protection } from './domain-protection.ts'
import { type DomainPlan, type HostedService, plannedPolicy, reconcile } from './domain-reconcile.ts'
import { retirementFrom } from './domain-retirement.ts'
import type { domainSchema } from './domain-schema.ts'
import { type Before, stateOf } from './domain-state.ts'
import { policyText } from './publication.ts'

const paths: FieldPaths = {
  'domain.address': ['address'],
  'domain.rua_report': ['rua_report'],
  'domain.ruf_report': ['ruf_report'],
  'domain.mta_sts_report': ['mta_sts_report'],
  'domain.parked_domain': ['parked'],
  'domain.tag_names': ['tags'],
  'domain.hosted_dmarc': ['hosted_dmarc'],
  'domain.hosted_dmarc_config': ['hosted_dmarc'],
  'domain.hosted_mta_sts': ['hosted_mta_sts'],
  'domain.mta_sts_policy': ['hosted_mta_sts'],
  'domain.mta_sts_policy.mode': ['hosted_mta_sts', 'mode'],
  'domain.mta_sts_policy.mx': ['hosted_mta_sts', 'mx'],
  'domain.mta_sts_policy.mx_age': ['hosted_mta_sts', 'max_age_days'],
}

export async function create({
  plan,
  client,
  signal,
  save,
  private: priv,
}: CreateRequest<ProviderContext, typeof domainSchema>) {
  const { api, markers } = client
  const doing = `Creating the domain ${plan.address}`
  return explaining(
    doing,
    signal,
    async () => {
      const accountId = await api.accountId(known(plan.account_id), { signal })
      const made = await createDomain({ api, markers }, accountId, plan, signal)
      const account = known(plan.account_id) ?? String(accountId)
      priv.set(ID, String(made.id))
      save({ id: String(made.id), address: plan.address, account_id: account, slug: made.slug, ...unfinished(plan) })
      const domain = await settle(api, accountId, made, plan, signal)
      noteAnswers(client, domain)
      return applied(domain, account, plan)
    },
    paths,
  )
}

export async function update({
  plan,
  config,
  state,
  client,
  signal,
  private: priv,
}: UpdateRequest<ProviderContext, typeof domainSchema>) {
  const { api } = client
  return explaining(
    `Changing the domain ${state.address}`,
    signal,
    async () => {
      const accountId = await moveToAccount(api, state.id, state.account_id, known(plan.account_id), signal)
      const found = await api.fresh(accountId, Number(state.id), { signal })
      if (!found) {
        await api.requireAccess(accountId, { signal }, `Domain ${state.address}`)
        throw new DiagnosticError(
          `The domain ${state.address} no longer exists`,
          'It was deleted after the plan was made. Run terraform apply again to recreate it.',
        )
      }
      const whole = await api.withHosting(accountId, found, { signal })
      const ending = await servicesToEndLater(client, whole, plan, signal)
      const until = cachedAfter(
        priv.get(CACHED_UNTIL),
        state.hosted_mta_sts,
        plan.hosted_mta_sts && plannedPolicy(plan.hosted_mta_sts),
        client.now(),
      )
      // What the user leaves out stays as it is on the server, which may no longer be as it is in the state.
      const asked = { ...plan, ...(config.tags === null && { tags: whole.tags.map(({ name }) => name) }) }
      const domain = await settle(api, accountId, whole, asked, signal, ending)
      const cached = cachedUntil(priv.get(CACHED_UNTIL))
      if (until !== undefined) priv.set(CACHED_UNTIL, until)
      endLater(client, accountId, domain, ending)
      noteAnswers(client, asEnded(domain, ending))
      const account = known(plan.account_id) ?? String(accountId)
      return applied(asEnded(domain, ending), account, retiring(plan, state, client.now(), cached))
    },
    paths,
  )
}

export async function remove({
  state,
  client: { api, now },
  signal,
  diagnostics,
  private: priv,
}: DeleteRequest<ProviderContext, typeof domainSchema>) {
  const refusal = protection(state)
  if (refusal) throw new DiagnosticError(...refusal)
  await explaining(`Deleting the domain ${state.address}`, signal, async () => {
    const accountId = await api.accountId(state.account_id, { signal })
    const found = await api.fresh(accountId, Number(state.id), { signal })
    try {
      if (!found) return await api.requireAccess(accountId, { signal }, `Domain ${state.address}`)
      const stopped = {
        ...state,
        hosted_dmarc: null,
        hosted_mta_sts: null,
        mta_sts_retires_at: null,
        mta_sts_report: found.mta_sts_report ?? false,
      }
      if (found.hosted_mta_sts) {
        await reconcile(
          api,
          accountId,
          found,
          {
            ...stopped,
            rua_report: found.rua_report,
            ruf_report: found.ruf_report,
            tags: found.tags.map(({ name }) => name),
          },
          signal,
        )
        const cached = cachedUntil(priv.get(CACHED_UNTIL))
        const warning = withdrawalWarning(found.address, found.mta_sts_policy, { now: now(), cached })
        if (warning) diagnostics.warning(...warning)
      }
      await api.client.domains.delete(accountId, found.id, { signal }).catch((error) => {
        if (!(error instanceof NotFoundError)) throw error
      })
      api.gone(accountId, found.id)
    } finally {
      api.stale()
    }
  })
}

/** Undefined for what is not known or not set. */
function known<T>(value: T): Exclude<T, null | symbol> | undefined {
  return value !== null && isKnown(value) ? (value as Exclude<T, null | symbol>) : undefined
}

/** Brings the domain to what is planned; whatever comes of it, lists read before are stale. */
async function settle(
  api: Api,
  accountId: number,
  found: Domain,
  plan: DomainPlan,
  signal: AbortSignal,
  ending: readonly HostedService[] = [],
): Promise<Domain> {
  try {
    const whole = await api.withHosting(accountId, found, { signal })
    return await reconcile(api, accountId, whole, plan, signal, ending)
  } finally {
    api.stale()
  }
}

/** Tells the records of this run what the service answers from now on: its zone may take a moment to have it. */
function noteAnswers({ planned }: ProviderContext, domain: Domain): void {
  const names = hostedNames(domain.address)
  const { mta_sts_policy: policy } = domain
  const record = domain.current_dmarc_config ?? domain.default_dmarc_record
  if (domain.hosted_dmarc && record) planned.willAnswer(names.dmarc, record)
  const file =
    domain.hosted_mta_sts && policy && policyText({ ...policy, mx: hosts(policy.mx), max_age_days: policy.mx_age })
  if (file) planned.willAnswer(names.mta_sts_policy, file)
}

/** The plan of a withdrawal that begins now has its end. */
function retiring(plan: DomainPlan, state: StateOf<typeof domainSchema>, now: number, cached: number): DomainPlan {
  if (isKnown(plan.mta_sts_retires_at) || !state.hosted_mta_sts) return plan
  return { ...plan, mta_sts_retires_at: retirementFrom(now, plan.retire_after, state.hosted_mta_sts, cached) }
}

/** The state after an apply: what was planned, where it was, stays as it was planned. */
function applied(domain: Domain, account: string, plan: DomainPlan) {
  const before = knownPart(plan)
  const dmarc = plan.hosted_dmarc
  const state = stateOf(domain, account, {
    ...before,
    ...(dmarc && { hosted_dmarc: { ...dmarc, published_record: known(dmarc.published_record) ?? '' } }),
  } as Before)
  const promised = Object.entries(before).filter(([name]) => volatile.has(name))
  return { ...state, ...(Object.fromEntries(promised) as Partial<typeof state>) }
}

const knownPart = (plan: DomainPlan) => Object.fromEntries(Object.entries(plan).filter(([, value]) => isKnown(value)))

/** What the service may change by itself between plan and apply. */
const volatile = new Set(['dmarc_status', 'mta_sts_status', 'parked_domain_credits', 'tags', 'slug'])

/** What is stored of a domain whose creation stopped half way: enough to find and delete it. */
const unfinished = (plan: DomainPlan) => ({
  rua_report: plan.rua_report,
  ruf_report: plan.ruf_report,
  parked: plan.parked,
  deletion_protection: plan.deletion_protection,
})
