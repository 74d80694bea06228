import { hostedNames, parseDomainName, recordKinds, recordKindTable, sameDmarcRecord } from '@dmarc-as-code/records'
import { isKnown, isSet, type ModifyPlanRequest, type ProposedOf, Unknown } from '@dmarc-as-code/terraform-plugin'
import { explaining } from '../../api/explain-api-error.ts'
import { requireOneOwner } from '../../context/one-owner.ts'
import type { ProviderContext } from '../../context/provider-context.ts'
import { sameAddress } from '../../hosting/address.ts'
import { CACHED_UNTIL, cachedUntil } from '../../hosting/cached-policy.ts'
import { hosts, samePolicy } from '../../hosting/mta-sts-state.ts'
import { withdrawalWarning } from '../../hosting/mta-sts-withdrawal.ts'
import { recordWithReports, standInRecord } from '../../hosting/stand-in.ts'
import { plannedCurrent, plannedMtaSts } from './domain-current.ts'
import { checkAccount, checkKeptDomain, checkNewDomain, checkTags } from './domain-plan-checks.ts'
import { refuseDeletion } from './domain-protection.ts'
import { plannedRetirement } from './domain-retirement.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'
import { futureRecord } from './future-record.ts'
import { changesOf, hasUnknown, type Publication, policyText } from './publication.ts'

type Schema = typeof domainSchema
type Proposed = ProposedOf<Schema>
type Request = ModifyPlanRequest<ProviderContext, Schema>
type Change = Exclude<Request, { action: 'delete' }>
type HostedDmarc = Exclude<Proposed['hosted_dmarc'], null | Unknown>

/** Fills in what can be known before apply, and says what is risky or impossible while there is still time. */
export async function planDomain(given: Request): Promise<Partial<Proposed> | undefined> {
  if (given.state) {
    await given.client.markers.inState('domain', given.state.id)
    refuseDeletion(given.state, given.plan, given.diagnostics)
    const { id, address } = given.state
    const owned = { id, plan: given.plan, what: `Domain ${address}` }
    requireOneOwner(given.client.planned, 'domain', owned, given.diagnostics)
    checkKeptDomain(given)
  }
  if (given.action === 'delete') {
    warnOfWithdrawal(given)
    const { warnOfLoss } = await import('./domain-weakening.ts')
    await warnOfLoss(given, given.state)
    return undefined
  }
  const { config, signal } = given
  // A changed address makes another domain: nothing of the old one is known about it.
  const state = given.state && sameAddress(given.state.address, given.plan.address) ? given.state : null
  if (given.state && !state) {
    const { warnOfLoss } = await import('./domain-weakening.ts')
    await warnOfLoss(given, given.state)
  }
  const mtaSts = await plannedMtaSts(given, state)
  const request = mtaSts === null ? given : { ...given, plan: { ...given.plan, hosted_mta_sts: mtaSts } }
  const { plan } = request
  const retiresAt = await plannedRetirement(request, state)
  // A time that is not known yet may be none at all.
  const retires = !isKnown(retiresAt) && !isKnown(config.retire_after) ? undefined : retiresAt !== null
  const hosting = hostingOf(plan, retires)
  const account = config.account_id === null && !isKnown(plan.account_id) ? await plannedAccount(request) : undefined
  await explaining(`Planning the domain ${shownAddress(plan)}`, signal, async () => {
    await checkAccount(request, state)
    await checkTags(request, state)
    if (request.state !== null) return
    const known = account ?? (isKnown(plan.account_id) ? plan.account_id : undefined)
    await checkNewDomain(request, known === undefined || known === null ? undefined : String(known))
  })
  const planned: Partial<Proposed> = {
    hosted_mta_sts: mtaSts,
    mta_sts_report: plannedReport(config, plan, state),
    mta_sts_retires_at: retiresAt,
    default_dmarc_record: keepWhile(
      hosting.dmarc,
      Boolean(state?.hosted_dmarc) && sameReports(plan, state),
      state?.default_dmarc_record ?? null,
    ),
    cnames: plannedCnames(plan, hosting, state),
    ...(state &&
      !hosting.changed(state) && {
        dmarc_status: state.dmarc_status,
        mta_sts_status: state.mta_sts_status,
        parked_domain_credits: state.parked_domain_credits,
      }),
    ...(account !== undefined && { account_id: String(account) }),
    ...(plan.parked === false && { parked_domain_credits: null }),
    ...(state && plan.account_id !== state.account_id && { slug: Unknown }),
    ...(isSet(plan.hosted_dmarc) && {
      hosted_dmarc: plannedDmarc(plan, await withCurrent(request, plan.hosted_dmarc, state), state),
    }),
  }
  if (state) {
    if (state.hosted_mta_sts && plan.hosted_mta_sts === null) {
      warnOfWithdrawal({ ...request, state, keepsRecords: retiresAt !== null })
    }
    await refuseTheImpossible(request, state)
  }
  const dmarc = planned.hosted_dmarc ?? plan.hosted_dmarc
  const next = {
    dmarc: plannedText(plan, dmarc, state),
    // While it is withdrawn, the policy is in mode none.
    mtaSts: policyText(plan.hosted_mta_sts),
  }
  noteAnswers(request, next)
  await checkPublication(request, state, next, dmarc)
  return planned
}

/** What a change of what is published does to mail. Its code is loaded by the first change. */
async function checkPublication(
  request: Change,
  state: DomainState | null,
  next: Publication,
  dmarc: Proposed['hosted_dmarc'],
): Promise<void> {
  const { config } = request
  const changes = changesOf(state, next)
  const open = hasUnknown(config.hosted_dmarc) || hasUnknown(config.hosted_mta_sts)
  if (changes.length === 0 && !open && config.allow_weaker === null && config.accept_risk === null) return
  const [{ checkWeakening }, { checkEvidence }, { adviseOnDmarc, adviseOnMx }] = await Promise.all([
    import('./domain-weakening.ts'),
    import('./domain-evidence.ts'),
    import('./domain-advice.ts'),
  ])
  const effects = await checkWeakening(request, state, changes)
  const judged = await checkEvidence(request, state, changes, effects)
  adviseOnDmarc(request, dmarc, state, judged.has('dmarc'))
  await adviseOnMx(request, state)
}

const shownAddress = ({ address }: Proposed) => (typeof address === 'string' ? address : 'with an unknown address')

async function plannedAccount({ plan, client: { api }, signal, diagnostics }: Change): Promise<number | undefined> {
  const doing = `Planning the domain ${shownAddress(plan)}`
  const id = await explaining(doing, signal, () => api.plannedAccountId({ signal }))
  const { accountName } = api
  if (id === undefined && accountName !== undefined) {
    diagnostics.warning(
      `Account "${accountName}" does not exist yet`,
      `The token can access no account with the title or slug "${accountName}", which is \`account\` in the provider block. Unless it is created in the same apply, the apply fails.`,
    )
  }
  return id
}

interface Hosting {
  /** Undefined while not known. */
  readonly dmarc: boolean | undefined
  readonly mtaSts: boolean | undefined
  changed(state: DomainState): boolean
}

function hostingOf(plan: Proposed, retires: boolean | undefined): Hosting {
  const dmarc = isKnown(plan.hosted_dmarc) ? plan.hosted_dmarc !== null : undefined
  const mtaSts = isKnown(plan.hosted_mta_sts) ? plan.hosted_mta_sts !== null || retires : undefined
  return {
    dmarc,
    mtaSts,
    changed: (state) =>
      dmarc !== Boolean(state.hosted_dmarc) ||
      mtaSts !== (state.hosted_mta_sts !== null || state.mta_sts_retires_at !== null),
  }
}

function plannedReport(config: Change['config'], plan: Proposed, state: DomainState | null): boolean | Unknown {
  if (config.mta_sts_report !== null) return config.mta_sts_report
  if (plan.hosted_mta_sts === null) return state?.mta_sts_report ?? Unknown
  return isKnown(plan.hosted_mta_sts) ? true : Unknown
}

/** Whether the same kinds of reports are wanted as before: they decide which addresses of the service stand in the record. */
const sameReports = (plan: Proposed, state: DomainState | null): boolean =>
  plan.rua_report === state?.rua_report && plan.ruf_report === state?.ruf_report

/** What only hosting brings and hosting alone takes away. */
function keepWhile<T>(on: boolean | undefined, wasOn: boolean, value: T): T | Unknown | null {
  if (on === false) return null
  return on && wasOn ? value : Unknown
}

function plannedCnames(plan: Proposed, hosting: Hosting, state: DomainState | null): Proposed['cnames'] {
  if (hosting.dmarc === undefined || hosting.mtaSts === undefined) return Unknown
  if (typeof plan.address !== 'string' || !parseDomainName(plan.address).ok) return Unknown
  const names = hostedNames(plan.address)
  const on = { hosted_dmarc: hosting.dmarc, hosted_mta_sts: hosting.mtaSts }
  const kinds = recordKinds.filter((kind) => on[recordKindTable[kind].service])
  return Object.fromEntries(
    kinds.map((kind) => [kind, { name: names[kind], type: 'CNAME', value: state?.cnames[kind]?.value ?? Unknown }]),
  )
}

async function withCurrent(request: Change, settings: HostedDmarc, state: DomainState | null): Promise<HostedDmarc> {
  return { ...settings, current_record: await plannedCurrent(request, settings, state) }
}

/** The record that will be published, with a stand-in for what the service has not said yet. */
function plannedText(
  plan: Proposed,
  dmarc: Proposed['hosted_dmarc'],
  state: DomainState | null,
): string | null | undefined {
  if (dmarc === null) return null
  if (!isKnown(dmarc)) return undefined
  if (isSet(dmarc.published_record)) return dmarc.published_record
  const own = state?.default_dmarc_record
  return futureRecord(dmarc, own ? recordWithReports(own, plan) : standInRecord(plan))
}

/** Tells the records of this run what will answer behind them. */
function noteAnswers({ plan, client }: Change, { dmarc, mtaSts }: Publication): void {
  if (typeof plan.address !== 'string' || !parseDomainName(plan.address).ok) return
  const names = hostedNames(plan.address)
  if (typeof dmarc === 'string') client.planned.willAnswer(names.dmarc, dmarc)
  if (typeof mtaSts === 'string') client.planned.willAnswer(names.mta_sts_policy, mtaSts)
}

/** The record as it will be, where the service's part of it is known already. */
function plannedDmarc(
  plan: Proposed,
  settings: Exclude<Proposed['hosted_dmarc'], null | Unknown>,
  state: DomainState | null,
): Exclude<Proposed['hosted_dmarc'], null | Unknown> {
  const record =
    state?.hosted_dmarc && state.default_dmarc_record && sameReports(plan, state)
      ? futureRecord(settings, state.default_dmarc_record)
      : undefined
  const published = state?.hosted_dmarc?.published_record
  if (record === undefined) return { ...settings, published_record: Unknown }
  return {
    ...settings,
    published_record: published !== undefined && sameDmarcRecord(published, record) ? published : record,
  }
}

function warnOfWithdrawal({
  state,
  diagnostics,
  client,
  private: priv,
  keepsRecords = false,
}: Pick<Request, 'diagnostics' | 'client' | 'private'> & { state: DomainState | null; keepsRecords?: boolean }): void {
  const { mode, max_age_days } = state?.hosted_mta_sts ?? { mode: 'none', max_age_days: 0 }
  const warning =
    state &&
    withdrawalWarning(
      state.address,
      { mode, mx_age: max_age_days },
      { now: client.now(), cached: cachedUntil(priv.get(CACHED_UNTIL)), keepsRecords },
    )
  if (warning) diagnostics.warning(...warning)
}

/** What this server cannot change is refused in the plan, instead of being dropped without a word in apply. */
async function refuseTheImpossible(
  { plan, client: { api }, signal, diagnostics }: Change,
  state: DomainState,
): Promise<void> {
  const tagsChange =
    isKnown(plan.tags) &&
    !hasUnknown(plan.tags) &&
    [...plan.tags].map(String).sort().join('\n') !== [...state.tags].sort().join('\n')
  const policy = plan.hosted_mta_sts
  const before = state.hosted_mta_sts
  const known = isSet(policy) && !hasUnknown([policy.mode, policy.mx, policy.max_age_days])
  const policyChanges =
    known &&
    !(
      before &&
      samePolicy({ mode: before.mode, mx: hosts(before.mx ?? []).join(), mx_age: before.max_age_days }, policy as never)
    )
  if (!tagsChange && !policyChanges) return
  const capabilities = await api.client.capabilities({ signal })
  if (tagsChange && !capabilities.has('tags_on_update')) {
    diagnostics.error(
      'This server cannot change the tags of an existing domain',
      `${state.address} has the tags ${quoted(state.tags)}; the configuration has ${quoted(plan.tags as string[])}. This server accepts tags only when a domain is created. ` +
        'Change them in the web app and then in the configuration, or remove `tags`.',
      ['tags'],
    )
  }
  if (policyChanges && !capabilities.has('mta_sts_policy_on_update')) {
    diagnostics.error(
      'This server cannot change the MTA-STS policy of an existing domain',
      `This server accepts the policy of ${state.address} only when the domain is created. Change it in the web app and then in the configuration, ` +
        'or replace the domain (terraform apply -replace=ADDRESS), which deletes its history.',
      ['hosted_mta_sts'],
    )
  }
}

const quoted = (tags: readonly string[]) => (tags.length === 0 ? 'none' : tags.map((tag) => `"${tag}"`).join(', '))
