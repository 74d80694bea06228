import type { Construct } from 'constructs'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { given } from '../problems.ts'
import { DataAwsRoute53Zone, Route53Record } from './bindings/aws.ts'
import { PerRecordDns } from './per-record.ts'
import type { HostedRecord } from './target.ts'
import { sharedLookup, type ZoneById, zonesById } from './zone-lookup.ts'

/** Set `zoneId` or `zoneName` for one zone, `zones` for several, or both: then the one is the default of the others. */
export interface Route53DnsProps {
  /**
   * The hosted zone's id, such as `Z0123456789ABCDEFGHIJ`, or the `zoneId` of a zone of this stack.
   * @default - zoneName
   */
  readonly zoneId?: string
  /**
   * The hosted zone's name; its id is looked up.
   * @default - no zone for names that are in none of zones
   */
  readonly zoneName?: string
  /**
   * A zone by the suffix of names: its id, or `{ lookUp: name }`. The longest suffix wins.
   * @default - none
   */
  readonly zones?: Readonly<Record<string, ZoneById>>
  /**
   * In seconds.
   * @default 300
   */
  readonly ttl?: number
  /**
   * Takes over a record of the same name and type that is already there.
   * @default false
   */
  readonly allowOverwrite?: boolean
  /** @default - the only AWS provider of the stack */
  readonly provider?: TerraformProvider
}

/** Writes CNAMEs into Amazon Route 53, with `@cdktf/provider-aws`. */
export class Route53Dns extends PerRecordDns<Route53DnsProps> {
  readonly #zones = zonesById(this.props)

  protected override record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined {
    const { ttl = 300, allowOverwrite, provider } = this.props
    const zone = this.#zones.of(record, scope)
    if (zone === undefined) return undefined
    const { name, type, value } = record
    const config = { zoneId: this.#idOf(scope, zone), name, type, ttl, records: [value] }
    return new Route53Record(scope, record.key, given({ ...config, allowOverwrite, provider }))
  }

  #idOf(scope: Construct, zone: ZoneById): string {
    if (typeof zone === 'string') return zone
    const { provider } = this.props
    const find = (stack: Construct, id: string, name: string) =>
      new DataAwsRoute53Zone(stack, id, given({ name, provider }))
    return sharedLookup(scope, 'route53-zone', zone.lookUp, provider, find).zoneId
  }
}
