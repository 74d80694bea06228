import type { FleetData, FleetDomain, FleetSettings } from './fleet-data.ts'

/** Settings in which nothing is taken away any more. */
export type ResolvedSettings = { [K in keyof FleetSettings]: Exclude<FleetSettings[K], null | undefined> }

/** What a domain says in the end: the defaults, then its groups in their order, then itself. */
export function resolveDomain(fleet: FleetData, { address: _, groups, ...own }: FleetDomain): ResolvedSettings {
  const layers = [fleet.defaults ?? {}, ...(groups ?? []).map((name) => fleet.groups?.[name] ?? {}), own]
  const merged = layers.reduce<ResolvedSettings>(merge, {})
  const { rollout, hostedDmarc, ...others } = merged
  if (rollout === undefined || hostedDmarc === undefined) return merged
  // One way to say the policy replaces the other. Settings without a policy, nearer than a rollout, do neither: both are
  // answered, which is a fault.
  const last = (says: (layer: FleetSettings) => unknown) => layers.findLastIndex((layer) => says(layer) != null)
  const [byRollout, bySettings] = [last((layer) => layer.rollout), last((layer) => layer.hostedDmarc)]
  const byPolicy = last((layer) => layer.hostedDmarc?.record ?? layer.hostedDmarc?.policy)
  if (byRollout > bySettings) return { ...others, rollout }
  return byPolicy > byRollout ? { ...others, hostedDmarc } : merged
}

function merge(below: ResolvedSettings, above: FleetSettings): ResolvedSettings {
  const said = withoutUndefined(above)
  const nested = (name: 'hostedDmarc' | 'hostedMtaSts') =>
    said[name] ? { [name]: withoutNulls({ ...(isWhole(said[name]) ? {} : below[name]), ...said[name] }) } : {}
  return withoutNulls({ ...below, ...said, ...nested('hostedDmarc'), ...nested('hostedMtaSts') }) as ResolvedSettings
}

/** A whole record leaves nothing to inherit. */
const isWhole = (settings: object) => 'record' in settings && settings.record != null

const withoutUndefined = <T extends object>(values: T) => filtered(values, (value) => value !== undefined)
const withoutNulls = <T extends object>(values: T) => filtered(values, (value) => value != null)

function filtered<T extends object>(values: T, wanted: (value: unknown) => boolean): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => wanted(value))) as T
}
