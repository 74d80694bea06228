import type { Construct } from 'constructs'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { given } from '../problems.ts'
import { DataCloudflareZone, DnsRecord } from './bindings/cloudflare.ts'
import { DnsTarget, type HostedRecord } from './target.ts'
import { sharedLookup, type ZoneById } from './zone-lookup.ts'
import { chooseZone } from './zones.ts'

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
export class CloudflareDns extends DnsTarget {
  readonly #props: CloudflareDnsProps

  constructor(props: CloudflareDnsProps) {
    super()
    this.#props = props
  }

  override publish(scope: Construct, records: readonly HostedRecord[]): readonly ITerraformDependable[] {
    return records.flatMap((record) => this.#record(scope, record))
  }

  #record(scope: Construct, record: HostedRecord): ITerraformDependable[] {
    const { zoneId, zoneName, zones, ttl = 300, provider } = this.#props
    const defaultZone = zoneId ?? (zoneName === undefined ? undefined : { lookUp: zoneName })
    const chosen = chooseZone<ZoneById>({ zones, defaultZone, defaultProp: 'zoneId' }, record, scope)
    if (!chosen) return []
    const { name, type, value } = record
    const config = { zoneId: this.#idOf(scope, chosen.zone), name, type, ttl, content: value, proxied: false }
    return [new DnsRecord(scope, record.key, given({ ...config, provider }))]
  }

  #idOf(scope: Construct, zone: ZoneById): string {
    if (typeof zone === 'string') return zone
    const { provider } = this.#props
    const find = (stack: Construct, id: string) =>
      new DataCloudflareZone(stack, id, given({ filter: { name: zone.lookUp }, provider }))
    return sharedLookup(scope, 'cloudflare-zone', zone.lookUp, find).zoneId
  }
}
