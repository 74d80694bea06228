import type { Construct } from 'constructs'
import { configOf } from '../config.ts'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { providerShape } from '../provider-shape.ts'
import type { PropShapes } from '../shape.ts'
import { DataCloudflareZone, DnsRecord } from './bindings/cloudflare.ts'
import type { HostedRecord } from './hosted-record.ts'
import { PerRecordDns } from './per-record.ts'
import { sharedLookup, type ZoneById, zoneShapes, zonesById } from './zone-lookup.ts'

/** Set `zoneId` or `zoneName` for one zone, `zones` for several, or both: then the one is the default of the others. */
export interface CloudflareDnsProps {
  /**
   * The zone's id.
   * @default - zoneName
   */
  readonly zoneId?: string | undefined
  /**
   * The zone's name; its id is looked up.
   * @default - no zone for names that are in none of zones
   */
  readonly zoneName?: string | undefined
  /**
   * A zone by the suffix of names: its id, or `{ lookUp: name }`. The longest suffix wins.
   * @default - none
   */
  readonly zones?: Readonly<Record<string, ZoneById>> | undefined
  /**
   * In seconds, from 60 (30 on Enterprise plans); 1 leaves it to Cloudflare.
   * @default 300
   */
  readonly ttl?: number | undefined
  /**
   * Looks up what stands at the names, so that the plan refuses records that are in the way. What cannot be looked up is a
   * warning.
   * @default true
   */
  readonly checkExisting?: boolean | undefined
  /** @default - the only Cloudflare provider of the stack */
  readonly provider?: TerraformProvider | undefined
}

export const cloudflareDnsShapes: PropShapes<CloudflareDnsProps> = {
  ...zoneShapes,
  ttl: 'number',
  checkExisting: 'boolean',
  provider: providerShape,
}

/**
 * Writes CNAMEs into Cloudflare, with `@cdktf/provider-cloudflare`. They are never proxied: a proxied CNAME answers with
 * Cloudflare's own addresses, so it could not be verified and the policy host could not get its certificate.
 */
export class CloudflareDns extends PerRecordDns<CloudflareDnsProps> {
  protected override readonly service = 'cloudflare'
  readonly #zones = zonesById(this.props, this.problems)

  constructor(props: CloudflareDnsProps) {
    super(props, cloudflareDnsShapes)
  }

  protected override record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined {
    const { ttl = 300, provider } = this.props
    const zone = this.#zones.of(record, scope)
    if (zone === undefined) return undefined
    const { name, type, value } = record
    const config = { zoneId: this.#idOf(scope, zone), name, type, ttl, content: value, proxied: false }
    return new DnsRecord(scope, record.key, configOf({ ...config, provider }))
  }

  #idOf(scope: Construct, zone: ZoneById): string {
    if (typeof zone === 'string') return zone
    const { provider } = this.props
    const find = (within: Construct, id: string, name: string) =>
      new DataCloudflareZone(within, id, configOf({ filter: { name }, provider }))
    return sharedLookup(scope, 'cloudflare-zone', zone.lookUp, provider, find).id
  }
}
