import type { Construct } from 'constructs'
import { configOf } from '../config.ts'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { providerShape } from '../provider-shape.ts'
import type { PropShapes } from '../shape.ts'
import { DataAwsRoute53Zone, Route53Record } from './bindings/aws.ts'
import type { HostedRecord } from './hosted-record.ts'
import { PerRecordDns } from './per-record.ts'
import { sharedLookup, type ZoneById, zoneShapes, zonesById } from './zone-lookup.ts'

/** Set `zoneId` or `zoneName` for one zone, `zones` for several, or both: then the one is the default of the others. */
export interface Route53DnsProps {
  /**
   * The hosted zone's id, such as `Z0123456789ABCDEFGHIJ`, or the `zoneId` of a zone of this stack.
   * @default - zoneName
   */
  readonly zoneId?: string | undefined
  /**
   * The hosted zone's name; its id is looked up.
   * @default - no zone for names that are in none of zones
   */
  readonly zoneName?: string | undefined
  /**
   * A zone by the suffix of names: its id, or `{ lookUp: name }`. The longest suffix wins.
   * @default - none
   */
  readonly zones?: Readonly<Record<string, ZoneById>> | undefined
  /**
   * In seconds.
   * @default 300
   */
  readonly ttl?: number | undefined
  /**
   * Takes over a record of the same name and type that is already there.
   * @default false
   */
  readonly allowOverwrite?: boolean | undefined
  /**
   * Looks up what stands at the names, so that the plan refuses records that are in the way. What cannot be looked up is a
   * warning.
   * @default true
   */
  readonly checkExisting?: boolean | undefined
  /** @default - the only AWS provider of the stack */
  readonly provider?: TerraformProvider | undefined
}

export const route53DnsShapes: PropShapes<Route53DnsProps> = {
  ...zoneShapes,
  ttl: 'number',
  checkExisting: 'boolean',
  allowOverwrite: 'boolean',
  provider: providerShape,
}

/** Writes CNAMEs into Amazon Route 53, with `@cdktf/provider-aws`. */
export class Route53Dns extends PerRecordDns<Route53DnsProps> {
  protected override readonly service = 'route53'
  readonly #zones = zonesById(this.props, this.problems)

  constructor(props: Route53DnsProps) {
    super(props, route53DnsShapes)
  }

  protected override get overwritesCname(): boolean {
    return this.props.allowOverwrite ?? false
  }

  protected override record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined {
    const { ttl = 300, allowOverwrite, provider } = this.props
    const zone = this.#zones.of(record, scope)
    if (zone === undefined) return undefined
    const { name, type, value } = record
    const config = { zoneId: this.#idOf(scope, zone), name, type, ttl, records: [value] }
    return new Route53Record(scope, record.key, configOf({ ...config, allowOverwrite, provider }))
  }

  #idOf(scope: Construct, zone: ZoneById): string {
    if (typeof zone === 'string') return zone
    const { provider } = this.props
    const find = (within: Construct, id: string, name: string) =>
      new DataAwsRoute53Zone(within, id, configOf({ name, provider }))
    return sharedLookup(scope, 'route53-zone', zone.lookUp, provider, find).zoneId
  }
}
