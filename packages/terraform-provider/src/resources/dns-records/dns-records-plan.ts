import {
  type ConflictMode,
  DnsServiceError,
  describeSets,
  type PlanEffect,
  type PlanItem,
  survey,
  type WantedRecord,
} from '@dmarc-as-code/dns/apply'
import { kindOfName, recordKindTable } from '@dmarc-as-code/records'
import {
  type Diagnostics,
  isKnown,
  isSet,
  type ModifyPlanRequest,
  type ProposedOf,
  Unknown,
} from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { chosenService } from '../../dns/chosen-service.ts'
import { lacksCredentials } from '../../dns/lacks-credentials.ts'
import { dnsServiceNames } from '../../dns/service-fields.ts'
import { shownEffect } from '../../hosting/stand-in.ts'
import { describeEffect } from '../../live/mail-effect.ts'
import { effectOfRecords } from '../../live/records-effect.ts'
import { weakeningFindings } from '../../live/weakening.ts'
import { plannedOutcome } from './dns-records-outcome.ts'
import type { dnsRecordsSchema } from './dns-records-schema.ts'
import { ENTRIES, entriesOf, plainName } from './wanted-records.ts'

type Request = ModifyPlanRequest<ProviderContext, typeof dnsRecordsSchema>
type Change = Exclude<Request, { action: 'delete' }>
type Removal = Extract<Request, { action: 'delete' }>
type Plan = ProposedOf<typeof dnsRecordsSchema>

/** Stands for a target that is known after apply only: whatever is there now is not it. */
const NOT_YET = 'not-yet-known.invalid'

/** Shows in the plan what stands in the way of the records, what becomes of it, and what that does to mail. */
export async function planDnsRecords(request: Request): Promise<Partial<Plan> | undefined> {
  if (request.action === 'delete') {
    await warnOfRemoval(request)
    return undefined
  }
  const { plan, state } = request
  const service = dnsServiceNames.find((name) => plan[name] !== null)
  if (state && service && !state[service]) request.requiresReplace(service)
  if (!hasOneOwner(request)) return undefined
  await showConflicts(request)
  await showDropped(request)
  return plannedOutcome(request)
}

/** One name, one resource: what two of them publish, either one would delete. */
function hasOneOwner(request: Change): boolean {
  const { plan, config, state, client, private: priv, diagnostics } = request
  const { planned, adapters } = client
  const service = dnsServiceNames.find((name) => isSet(config[name]))
  if (!service || hasUnknown(config[service]) || !isKnown(plan.records)) return true
  // A replacement is planned twice, the second time as a creation that knows what the first time knew.
  if (state === null && priv.get(ENTRIES) !== undefined) return true
  const target = adapters.target(service, chosenService(config).settings)
  const names = Object.values(plan.records).flatMap((one) =>
    isKnown(one) && isKnown(one.name) ? [plainName(one.name)] : [],
  )
  const others = names.filter((name) => !planned.addRecord(target, name))
  for (const name of others) {
    diagnostics.error(
      `${name} is declared twice`,
      `\`records\` of this or of another \`dmarcreport_dns_records\` contains ${name} too, in the same DNS service. Remove one of them, so that only one resource creates and deletes the record.`,
      ['records'],
    )
  }
  return others.length === 0
}

async function showConflicts(request: Change): Promise<void> {
  const { plan, config, state, client, signal, diagnostics, log } = request
  const service = dnsServiceNames.find((name) => isSet(config[name]))
  if (!service || hasUnknown(config[service]) || !isKnown(plan.records) || typeof plan.on_conflict !== 'string') return
  const ours = new Set(Object.values(state?.applied ?? {}).map(({ name }) => plainName(name)))
  const wanted = changedRecords(plan.records, state?.applied ?? {})
  if (wanted.length === 0) return showEffects(request, [])
  try {
    const adapter = await client.adapters.open(service, chosenService(config).settings)
    const expected = client.planned.answersAt(wanted.map(({ name }) => plainName(name)))
    const view = await client.mail.view(signal)
    const seen = await survey(wanted, adapter, { signal, view, expected })
    const { items } = seen.plan(plan.on_conflict as ConflictMode)
    for (const item of items) if (!ours.has(item.record.name)) showConflict(item, adapter.label, diagnostics)
    // Behind a target that is not known yet answers what this run has planned, or what nobody knows.
    showEffects(
      request,
      items.filter(({ record }) => record.value !== NOT_YET || record.name in expected),
    )
  } catch (error) {
    if (signal.aborted) throw error
    if (!(error instanceof DnsServiceError)) throw error
    // Credentials may come by apply, and a server may be up by then; apply looks again before it touches anything.
    log.warn('could not read the zone during plan', {
      error: error.message,
      credentials: lacksCredentials(error),
    })
    if (error.kind === 'configuration') return
    diagnostics.warning(
      'Could not check the DNS records during plan',
      `${error.message}\n\nThe plan does not show conflicts with existing records. Apply checks them before it changes anything.`,
      [service],
    )
  }
}

function showConflict({ record, action, reason, message, before }: PlanItem, label: string, diagnostics: Diagnostics) {
  // A CNAME may turn out to be the right one as soon as its target is known.
  const open = record.value === NOT_YET && reason === 'other-target'
  const found = describeSets(before)
  if (action === 'blocked') diagnostics.error(`${record.name} cannot be published`, message, ['records'])
  else if (action === 'conflict' && !open) {
    diagnostics.error(
      `${record.name} already has records`,
      `Found ${found} in ${label}, expected no records. Remove them, or set on_conflict to "replace", which restores them on destroy${reason === 'other-target' ? ', or to "adopt"' : ''}.`,
      ['on_conflict'],
    )
  } else if (action === 'replace' && before.length > 0) {
    diagnostics.warning(
      `${record.name} will be replaced`,
      `Found ${found} in ${label}. A CNAME replaces it; destroying this resource restores it.`,
      ['records'],
    )
  }
}

function showEffects({ plan, config, diagnostics }: Change, items: readonly PlanItem[]): void {
  const effects = items.flatMap(({ effect }) => (effect ? [shownEffect(effect)] : []))
  const advice = () =>
    'To keep what is live, take it over into the hosted record first, for example with `from_current`.'
  const names = isKnown(plan.records)
    ? Object.values(plan.records).flatMap((one) => (isKnown(one) && isKnown(one.name) ? [plainName(one.name)] : []))
    : []
  const [first, ...others] = names
  const place = others.length > 0 ? `${first} and ${others.length} more` : (first ?? 'these records')
  weakeningFindings(effects, config.allow_weaker, { place, attribute: () => ['records'], advice }, diagnostics)
}

/** What destroying these records does to mail, with what is restored in their place. */
async function warnOfRemoval(request: Removal): Promise<void> {
  const names = Object.values(request.state.applied).map(({ name }) => plainName(name))
  await showRemoval(request, request.state, names, 'Destroying')
}

/** What it does to mail that names are no longer among the records. */
async function showDropped(request: Change): Promise<void> {
  const { plan, state } = request
  if (!state || !isKnown(plan.records)) return
  const kept = Object.values(plan.records).map((one) =>
    isKnown(one) && isKnown(one.name) ? plainName(one.name) : null,
  )
  if (kept.includes(null)) return
  const names = Object.values(state.applied).map(({ name }) => plainName(name))
  await showRemoval(
    request,
    state,
    names.filter((name) => !kept.includes(name)),
    'Removing',
  )
}

async function showRemoval(
  { client, signal, diagnostics, private: priv }: Request,
  state: Removal['state'],
  names: readonly string[],
  doing: 'Destroying' | 'Removing',
): Promise<void> {
  const { service, settings } = chosenService(state)
  const target = client.adapters.target(service, settings)
  // What another resource of this run has published stays.
  const going = names.filter((name) => !client.claims.isOthers(target, name, state.id))
  if (going.length === 0) return
  const entries = new Map(entriesOf(priv.get(ENTRIES)).map((entry) => [entry.name, entry]))
  const standing = (name: string) => (going.includes(name) ? [...(entries.get(name)?.before ?? [])] : undefined)
  const view = await client.mail.view(signal)
  for (const name of going) {
    const [kind, policy] = [kindOfName(name), policyAt(name)]
    if (kind === undefined || policy === undefined) continue
    const domain = name.slice(recordKindTable[kind].prefix.length + 1)
    const effect = await effectOfRecords({ policy, domain }, standing, view)
    if (!effect || effect.grade === 'same' || effect.grade === 'stronger') continue
    diagnostics.warning(`${doing} the record at ${name} changes the protection of ${domain}`, describeEffect(effect))
  }
}

/** What is told about at a name; an MTA-STS policy stands at two names and is told about at its host. */
function policyAt(name: string): PlanEffect['policy'] | undefined {
  const kind = kindOfName(name)
  if (kind === 'mta_sts_policy') return 'mta-sts'
  return kind === 'dmarc' ? 'dmarc' : kind === 'tls_rpt' ? 'tls-rpt' : undefined
}

/** Those whose names are known and that do not stand as they shall. */
function changedRecords(
  records: Exclude<Plan['records'], Unknown>,
  applied: { readonly [key: string]: { readonly name: string; readonly value: string } },
): WantedRecord[] {
  const standing = new Map(Object.values(applied).map(({ name, value }) => [plainName(name), plainName(value)]))
  return Object.values(records).flatMap((record) => {
    if (!isKnown(record) || !isKnown(record.name)) return []
    const value = isKnown(record.value) ? record.value : NOT_YET
    if (standing.get(plainName(record.name)) === plainName(value)) return []
    return [{ name: record.name, type: 'CNAME' as const, value }]
  })
}

const hasUnknown = (settings: unknown): boolean =>
  settings === Unknown ||
  (typeof settings === 'object' && settings !== null && Object.values(settings).some((value) => value === Unknown))
