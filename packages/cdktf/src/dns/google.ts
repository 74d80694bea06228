import type { Construct } from 'constructs'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { given } from '../problems.ts'
import { DnsRecordSet } from './bindings/google.ts'
import { PerRecordDns } from './per-record.ts'
import type { HostedRecord } from './target.ts'
import { Zones } from './zones.ts'

/** Set `managedZone` for one zone, `zones` for several, or both: then the one is the default of the others. */
export interface GoogleDnsProps {
  /**
   * The managed zone's name in Google Cloud (not its DNS name).
   * @default - no zone for names that are in none of zones
   */
  readonly managedZone?: string
  /**
   * A managed zone by the suffix of names. The longest suffix wins.
   * @default - none
   */
  readonly zones?: Readonly<Record<string, string>>
  /** @default - that of the provider */
  readonly project?: string
  /**
   * In seconds.
   * @default 300
   */
  readonly ttl?: number
  /** @default - the only Google provider of the stack */
  readonly provider?: TerraformProvider
}

/** Writes CNAMEs into Google Cloud DNS, with `@cdktf/provider-google`. */
export class GoogleDns extends PerRecordDns<GoogleDnsProps> {
  readonly #zones = new Zones({
    zones: this.props.zones,
    defaultZone: this.props.managedZone,
    defaultProp: 'managedZone',
  })

  protected override record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined {
    const { project, ttl = 300, provider } = this.props
    const managedZone = this.#zones.of(record, scope)
    if (managedZone === undefined) return undefined
    // Cloud DNS wants absolute names, with their final dots.
    const config = {
      managedZone,
      name: `${record.name}.`,
      type: record.type,
      rrdatas: [`${record.value}.`],
    }
    return new DnsRecordSet(scope, record.key, given({ ...config, ttl, project, provider }))
  }
}
