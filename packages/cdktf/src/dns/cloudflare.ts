import type { Construct } from 'constructs'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { given } from '../problems.ts'
import { DataCloudflareZone, DnsRecord } from './bindings/cloudflare.ts'
import { PerRecordDns } from './per-record.ts'
import type { HostedRecord } from './target.ts'
import { sharedLookup, type ZoneById, zonesById } from './zone-lookup.ts'

/** Set `zoneId` or `zoneName` for one zone, `zones` for several, or both: then the one is the default of the others. */
export interface CloudflareDnsProps {
  /**
   * The zone's id.
   * @default - zoneName
   */
  readonly zoneId?: string
  /**
   * The zone's name; its id is looked up.
   * @default - no zone for names that are in none of zones
   */
  readonly zoneName?: string
  /**
   * A zone by the suffix of names: its id, or `{ lookUp: name }`. The longest suffix wins.
   * @default - none
   */
  readonly zones?: Readonly<Record<string, ZoneById>>
  /**
   * In seconds, from 60 (30 on Enterprise plans); 1 leaves it to Cloudflare.
   * @default 300
   */
  readonly ttl?: number
  /** @default - the only Cloudflare provider of the stack */
  readonly provider?: TerraformProvider
}

/**
 * Writes CNAMEs into Cloudflare, with `@cdktf/provider-cloudflare`. They are never proxied: a proxied CNAME answers with
 * Cloudflare's own addresses, so it could not be verified and the policy host could not get its certificate.
 */
export class CloudflareDns extends PerRecordDns<CloudflareDnsProps> {
  readonly #zones = zonesById(this.props)

  protected override record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined {
    const { ttl = 300, provider } = this.props
    const zone = this.#zones.of(record, scope)
    if (zone === undefined) return undefined
    const { name, type, value } = record
    const config = { zoneId: this.#idOf(scope, zone), name, type, ttl, content: value, proxied: false }
    return new DnsRecord(scope, record.key, given({ ...config, provider }))
  }

  #idOf(scope: Construct, zone: ZoneById): string {
    if (typeof zone === 'string') return zone
    const { provider } = this.props
    const find = (stack: Construct, id: string, name: string) =>
      new DataCloudflareZone(stack, id, given({ filter: { name }, provider }))
    return sharedLookup(scope, 'cloudflare-zone', zone.lookUp, provider, find).id
  }
}
