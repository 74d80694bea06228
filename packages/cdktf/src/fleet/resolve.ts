import type { FleetData, FleetDomain, FleetSettings } from './fleet-data.ts'

/** Settings in which nothing is taken away any more. */
export type ResolvedSettings = { [K in keyof FleetSettings]: Exclude<FleetSettings[K], null | undefined> }

/** What a domain says in the end: the defaults, then its groups in their order, then itself. */
export function resolveDomain(fleet: FleetData, { address: _, groups, ...own }: FleetDomain): ResolvedSettings {
  const layers = [fleet.defaults ?? {}, ...(groups ?? []).map((name) => fleet.groups?.[name] ?? {}), own]
  const merged = layers.reduce<ResolvedSettings>(merge, {})
  // One way to say the policy replaces the other, wherever it was inherited from.
  const lastWord = layers.findLast((layer) => layer.rollout != null || layer.hostedDmarc != null)
  if (!lastWord || (lastWord.rollout != null && lastWord.hostedDmarc != null)) return merged
  const { rollout, hostedDmarc, ...others } = merged
  if (lastWord.rollout != null) return { ...others, ...(rollout != null && { rollout }) }
  return { ...others, ...(hostedDmarc != null && { hostedDmarc }) }
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
