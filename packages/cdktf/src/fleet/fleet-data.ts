import type { HostedDmarc } from '../domain/hosted-dmarc.ts'
import type { HostedMtaSts } from '../domain/hosted-mta-sts.ts'
import type { ReportKind } from '../domain/monitored-domain.ts'

/** What a domain, a group or the defaults may say. In a domain or group, null takes away what was inherited. */
export interface FleetSettings {
  /** Id, slug or title. */
  readonly account?: string | null
  readonly reports?: readonly ReportKind[] | null
  readonly parked?: boolean | null
  /** Names of tags. A list replaces the inherited one. */
  readonly tags?: readonly string[] | null
  /** Inherited setting by setting; a whole `record` takes the place of all that is inherited. */
  readonly hostedDmarc?: HostedDmarc | null
  /** The name of a rollout, instead of hostedDmarc. */
  readonly rollout?: string | null
  /** Inherited setting by setting. */
  readonly hostedMtaSts?: HostedMtaSts | null
  /** The name of a DNS target. */
  readonly dns?: string | null
  readonly waitUntilReady?: boolean | null
  readonly readyTimeout?: string | null
}

export interface FleetDomain extends FleetSettings {
  readonly address: string
  /** Names of groups; of two that say the same, the later one counts. */
  readonly groups?: readonly string[] | null
}

/** Many domains as data. The same in TypeScript, JSON and YAML. */
export interface FleetData {
  /** Tags to make, and their colours as #RRGGBB. Domains may name others, which exist. */
  readonly tags?: Readonly<Record<string, string>>
  readonly defaults?: FleetSettings
  readonly groups?: Readonly<Record<string, FleetSettings>>
  readonly domains: readonly FleetDomain[]
}

/** A place in the data, such as `['domains', 3, 'hostedMtaSts', 'mx']`. */
export type DataPath = readonly (string | number)[]

/** A place as people write it; the whole where the path is empty. */
export const told = (path: DataPath) =>
  path.length === 0
    ? 'the fleet'
    : path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
