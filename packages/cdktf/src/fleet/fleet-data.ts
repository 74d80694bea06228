import type { ReportKind } from '../domain/monitored-domain.ts'
import type { HostedDmarc } from '../hosted/dmarc.ts'
import type { HostedMtaSts } from '../hosted/mta-sts.ts'

/** What a domain, a group or the defaults may say. In a domain or group, null takes away what was inherited. */
export interface FleetSettings {
  /**
   * Id, slug or title.
   * @default - that of the provider
   */
  readonly account?: string | null
  /**
   * A list replaces the inherited one.
   * @default - aggregate and failure, and tls where hostedMtaSts is set
   */
  readonly reports?: readonly ReportKind[] | null
  /**
   * The domain sends no mail. A change makes a new domain.
   * @default false
   */
  readonly parked?: boolean | null
  /**
   * Names of tags. A list replaces the inherited one.
   * @default - left as they are
   */
  readonly tags?: readonly string[] | null
  /**
   * Inherited setting by setting; a whole `record` takes the place of all that is inherited.
   * @default - not hosted
   */
  readonly hostedDmarc?: HostedDmarc | null
  /**
   * The name of a rollout, instead of hostedDmarc.
   * @default - hostedDmarc
   */
  readonly rollout?: string | null
  /**
   * Inherited setting by setting.
   * @default - not hosted
   */
  readonly hostedMtaSts?: HostedMtaSts | null
  /**
   * The name of a DNS target.
   * @default - the only target of the fleet, where it has one without a name
   */
  readonly dns?: string | null
  /**
   * The apply waits until everything is verified and live.
   * @default - true where a DNS target writes something
   */
  readonly waitUntilReady?: boolean | null
  /**
   * How long it waits, such as 90s, 30m or 1h.
   * @default 30m
   */
  readonly readyTimeout?: string | null
}

export interface FleetDomain extends FleetSettings {
  readonly address: string
  /**
   * Names of groups; of two that say the same, the later one counts.
   * @default - none
   */
  readonly groups?: readonly string[] | null
}

/** Many domains as data. The same in TypeScript, JSON and YAML. */
export interface FleetData {
  /**
   * Tags to make, and their colours as #RRGGBB. Domains may name others, which exist.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>
  /**
   * What every domain says that neither its groups nor itself say otherwise.
   * @default - nothing
   */
  readonly defaults?: FleetSettings
  /**
   * Settings by a name that domains can give.
   * @default - none
   */
  readonly groups?: Readonly<Record<string, FleetSettings>>
  readonly domains: readonly FleetDomain[]
}
