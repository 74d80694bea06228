import { type DnsAdapter, type HostedZone, type JournalEntry, keptTtl, type RecordSet } from '@dmarc-as-code/dns/apply'
import type { Diagnostics, StateOf } from '@dmarc-as-code/terraform-plugin'
import type { ServiceSettings } from '../../dns/adapter-config.ts'
import type { AdapterPool } from '../../dns/adapter-pool.ts'
import { lacksCredentials } from '../../dns/lacks-credentials.ts'
import type { DnsServiceName } from '../../dns/service-fields.ts'
import type { dnsRecordsSchema } from './dns-records-schema.ts'
import { plainName, soleCname } from './wanted-records.ts'

type State = StateOf<typeof dnsRecordsSchema>

export interface ReadRecords {
  readonly adapters: AdapterPool
  readonly service: DnsServiceName
  readonly settings: ServiceSettings
  readonly state: State
  readonly entries: readonly JournalEntry[]
  readonly signal: AbortSignal
  readonly diagnostics: Diagnostics
}

/**
 * The records as they stand in the DNS now. One that is gone is left out of `records`, one that points elsewhere is shown
 * with its target, so that the plan repairs both. Without credentials nothing is looked at, and the user is told.
 */
export async function readRecords(request: ReadRecords) {
  const { adapters, service, settings, state, signal, diagnostics } = request
  try {
    const adapter = await adapters.open(service, settings)
    return await look(adapter, request)
  } catch (error) {
    if (signal.aborted || !lacksCredentials(error)) throw error
    diagnostics.warning(
      'DNS records not refreshed',
      `${(error as Error).message}\n\nSecrets in the resource are not stored. To detect changes made elsewhere, set them in the provider block (\`dns = { ${service} = { ... } }\`) or in the environment.`,
      [service],
    )
    return state
  }
}

async function look(adapter: DnsAdapter, { state, entries, signal }: ReadRecords) {
  const zones = new Map(entries.map(({ name, zone }) => [name, zone]))
  const live = await readNames(
    adapter,
    Object.values(state.applied).map(({ name }) => plainName(name)),
    zones,
    signal,
  )
  const records: Record<string, State['records'][string]> = {}
  const applied: Record<string, State['applied'][string]> = {}
  for (const [key, before] of Object.entries(state.applied)) {
    const found = soleCname(live.get(plainName(before.name)) ?? [])
    if (!found) continue
    const value = found.value === plainName(before.value) ? before.value : found.value
    records[key] = { name: before.name, type: 'CNAME', value }
    applied[key] = { ...before, value, ttl: found.ttl }
  }
  const other = Object.values(applied).find(
    ({ name, ttl }) => ttl !== keptTtl(adapter.abilities, state.ttl, zones.get(plainName(name))),
  )
  return {
    ...state,
    records,
    applied,
    ttl: other && adapter.abilities.supportsTtl ? other.ttl : state.ttl,
  }
}

async function readNames(
  adapter: DnsAdapter,
  names: readonly string[],
  zones: ReadonlyMap<string, HostedZone>,
  signal: AbortSignal,
): Promise<Map<string, RecordSet[]>> {
  const placed = await Promise.all(
    names.map(async (name) => ({ name, zone: zones.get(name) ?? (await adapter.findZone(name, { signal })) })),
  )
  const groups = Map.groupBy(
    placed.filter((one) => one.zone !== undefined),
    ({ zone }) => zone?.id,
  )
  const read = [...groups.values()].map((group) =>
    adapter.read(
      group[0]?.zone as HostedZone,
      group.map(({ name }) => name),
      { signal },
    ),
  )
  return Map.groupBy((await Promise.all(read)).flat(), ({ name }) => name)
}
