import type { MonitoredDomainProps } from '../domain/monitored-domain.ts'

/** Settings that a layer may leave open (undefined), or take away from what it inherits (null). */
type Layer<Settings> = { readonly [K in keyof Settings]?: Settings[K] | null | undefined }

/** What a fleet says by names instead of constructs. */
interface ByName {
  /**
   * Id, slug or title.
   * @default - that of the provider
   */
  readonly account?: string
  /**
   * Names of tags. A list replaces an inherited one.
   * @default - left as they are
   */
  readonly tags?: readonly string[]
  /**
   * The name of a rollout, instead of hostedDmarc.
   * @default - hostedDmarc
   */
  readonly rollout?: string
  /**
   * The name of a DNS target.
   * @default - the only target of the fleet, where it has one without a name
   */
  readonly dns?: string
  /**
   * Inherited setting by setting; a whole `record` replaces everything inherited.
   * @default - not hosted
   */
  readonly hostedDmarc?: Exclude<MonitoredDomainProps['hostedDmarc'], { readonly stage: string }>
  /**
   * The plan refuses to delete the domain, even after its line is removed. To delete it, set it to false, apply, and
   * then remove the line.
   * @default true
   */
  readonly deletionProtection?: boolean
}

/**
 * What a domain, a group or the defaults may say: the props of a domain, with names instead of constructs. In a domain or
 * group, null removes what is inherited. Lists replace inherited ones; `hostedMtaSts` is inherited setting by setting.
 */
export interface FleetSettings
  extends Layer<Omit<MonitoredDomainProps, keyof ByName | 'address' | 'provider'>>,
    Layer<ByName> {}

export interface FleetDomain extends FleetSettings {
  readonly address: string
  /**
   * Names of groups; of two that say the same, the later one counts.
   * @default - none
   */
  readonly groups?: readonly string[] | null | undefined
}

/** Many domains as data. The same in TypeScript, JSON and YAML. */
export interface FleetData {
  /**
   * Tags to create, with their colours as #RRGGBB. Domains may also name tags that exist.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>> | undefined
  /**
   * Settings of every domain, unless its groups or the domain itself say otherwise.
   * @default - nothing
   */
  readonly defaults?: FleetSettings | undefined
  /**
   * Settings by the name of a group, which domains refer to.
   * @default - none
   */
  readonly groups?: Readonly<Record<string, FleetSettings>> | undefined
  /** Each domain with its settings, or its address alone. */
  readonly domains: readonly (FleetDomain | string)[]
}
