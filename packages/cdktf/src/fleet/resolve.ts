import type { DataPath } from '../data-path.ts'
import type { FleetDomain, FleetSettings } from './fleet-data.ts'
import type { ReadFleet } from './read-fleet.ts'

/** Settings in which nothing is taken away any more. */
export type ResolvedSettings = { -readonly [K in keyof FleetSettings]: Exclude<FleetSettings[K], null | undefined> }

interface ResolvedDomain {
  readonly settings: ResolvedSettings
  /** Where in the data a setting is said that counts for the domain, such as `hostedDmarc.policy`. */
  origin(setting: string): DataPath
}

interface Layer {
  readonly path: DataPath
  readonly settings: FleetSettings
}

/** What a domain says in the end: the defaults, then its groups in their order, then itself. */
export function resolveDomain(fleet: ReadFleet, domain: FleetDomain, path: DataPath): ResolvedDomain {
  const { address: _, groups, ...own } = domain
  const layers: Layer[] = [
    { path: ['defaults'], settings: fleet.defaults ?? {} },
    ...(groups ?? []).map((name) => ({ path: ['groups', name], settings: groupOf(fleet, name) })),
    { path, settings: own },
  ]
  const settings = policySettings(layers)
  return { settings, origin: (setting) => originOf(setting, layers, path) }
}

const groupOf = ({ groups = {} }: ReadFleet, name: string) => (Object.hasOwn(groups, name) ? (groups[name] ?? {}) : {})

/** The nearest layer that says the setting, or the part of it that is said. */
function originOf(setting: string, layers: readonly Layer[], otherwise: DataPath): DataPath {
  const steps = setting.split(/[.[\]]/).filter((step) => step !== '')
  for (let length = steps.length; length > 0; length -= 1) {
    const part = steps.slice(0, length).map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    const layer = layers.findLast(({ settings }) => valueAt(settings, part) !== undefined)
    if (layer !== undefined) return [...layer.path, ...part]
  }
  return otherwise
}

function valueAt(value: unknown, path: DataPath): unknown {
  return path.reduce<unknown>((within, step) => {
    if (typeof within !== 'object' || within === null || !Object.hasOwn(within, step)) return undefined
    return (within as Readonly<Record<string | number, unknown>>)[step]
  }, value)
}

function policySettings(layers: readonly Layer[]): ResolvedSettings {
  const merged = layers.reduce<ResolvedSettings>((below, { settings }) => merge(below, settings), {})
  const { rollout, hostedDmarc, ...others } = merged
  if (rollout === undefined || hostedDmarc === undefined) return merged
  // One way to say the policy replaces the other. Settings without a policy, nearer than a rollout, do neither: both are
  // answered, which is a fault.
  const last = (says: (layer: FleetSettings) => unknown) =>
    layers.findLastIndex(({ settings }) => says(settings) != null)
  const [byRollout, bySettings] = [last((layer) => layer.rollout), last((layer) => layer.hostedDmarc)]
  const byPolicy = last((layer) => layer.hostedDmarc?.record ?? layer.hostedDmarc?.policy)
  if (byRollout > bySettings) return { ...others, rollout }
  return byPolicy > byRollout ? { ...others, hostedDmarc } : merged
}

function merge(below: ResolvedSettings, above: FleetSettings): ResolvedSettings {
  const said = withoutUndefined(above)
  const nested = (name: 'hostedDmarc' | 'hostedMtaSts') => {
    const settings = said[name]
    if (!settings) return {}
    const inherited = isWhole(settings) ? {} : below[name]
    return { [name]: withoutNulls({ ...inherited, ...withoutUndefined(settings) }) }
  }
  return withoutNulls({ ...below, ...said, ...nested('hostedDmarc'), ...nested('hostedMtaSts') }) as ResolvedSettings
}

/** A whole record leaves nothing to inherit. */
const isWhole = (settings: object) => 'record' in settings && settings.record != null

const withoutUndefined = <T extends object>(values: T) => filtered(values, (value) => value !== undefined)
const withoutNulls = <T extends object>(values: T) => filtered(values, (value) => value != null)

function filtered<T extends object>(values: T, wanted: (value: unknown) => boolean): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => wanted(value))) as T
}
