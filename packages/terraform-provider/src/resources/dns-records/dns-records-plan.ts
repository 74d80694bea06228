import {
  type ConflictMode,
  DnsServiceError,
  describeSets,
  plan as planRecords,
  type WantedRecord,
} from '@dmarc-as-code/dns/apply'
import { isKnown, isSet, type ModifyPlanRequest, type ProposedOf, Unknown } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from '../../context/provider-context.ts'
import { chosenService } from '../../dns/chosen-service.ts'
import { lacksCredentials } from '../../dns/explain-dns-error.ts'
import { dnsServiceNames } from '../../dns/service-fields.ts'
import { plannedOutcome } from './dns-records-outcome.ts'
import type { dnsRecordsSchema } from './dns-records-schema.ts'
import { plainName } from './wanted-records.ts'

type Request = ModifyPlanRequest<ProviderContext, typeof dnsRecordsSchema>
type Change = Exclude<Request, { action: 'delete' }>
type Plan = ProposedOf<typeof dnsRecordsSchema>

/** Stands for a target that is known after apply only: whatever is there now is not it. */
const NOT_YET = 'not-yet-known.invalid'

/** Shows in the plan what stands in the way of the records, and what becomes of it. */
export async function planDnsRecords(request: Request): Promise<Partial<Plan> | undefined> {
  if (request.action === 'delete') return undefined
  const { plan, state } = request
  const service = dnsServiceNames.find((name) => plan[name] !== null)
  if (state && service && !state[service]) request.requiresReplace(service)
  await showConflicts(request)
  return plannedOutcome(request)
}

async function showConflicts({
  plan,
  config,
  state,
  client: { adapters },
  signal,
  diagnostics,
  log,
}: Change): Promise<void> {
  const service = dnsServiceNames.find((name) => isSet(config[name]))
  if (!service || hasUnknown(config[service]) || !isKnown(plan.records) || typeof plan.on_conflict !== 'string') return
  const conflict = plan.on_conflict as ConflictMode
  const wanted = newRecords(plan.records, state?.applied ?? {})
  if (wanted.length === 0) return
  try {
    const adapter = await adapters.open(service, chosenService(config).settings)
    const { items } = await planRecords(wanted, adapter, { conflict, signal })
    for (const { record, action, reason, message, before } of items) {
      // A CNAME may turn out to be the right one as soon as its target is known.
      const open = record.value === NOT_YET && reason === 'other-target'
      const found = describeSets(before)
      if (action === 'blocked') diagnostics.error(`${record.name} cannot be published`, message, ['records'])
      else if (action === 'conflict' && !open) {
        diagnostics.error(
          `${record.name} already has records`,
          `Found ${found} in ${adapter.label}, expected no records. Remove them, or set on_conflict to "replace", which restores them on destroy${reason === 'other-target' ? ', or to "adopt"' : ''}.`,
          ['on_conflict'],
        )
      } else if (action === 'replace' && before.length > 0) {
        diagnostics.warning(
          `${record.name} will be replaced`,
          `Found ${found} in ${adapter.label}. A CNAME replaces it; destroying this resource restores it.`,
          ['records'],
        )
      }
    }
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

/** Those that are not applied yet and whose names are known. */
function newRecords(
  records: Exclude<Plan['records'], Unknown>,
  applied: { readonly [key: string]: { readonly name: string } },
): WantedRecord[] {
  const ours = new Set(Object.values(applied).map(({ name }) => plainName(name)))
  return Object.values(records).flatMap((record) => {
    if (!isKnown(record) || !isKnown(record.name) || ours.has(plainName(record.name))) return []
    return [{ name: record.name, type: 'CNAME' as const, value: isKnown(record.value) ? record.value : NOT_YET }]
  })
}

const hasUnknown = (settings: unknown): boolean =>
  settings === Unknown ||
  (typeof settings === 'object' && settings !== null && Object.values(settings).some((value) => value === Unknown))
