import type { Construct } from 'constructs'
import { configOf } from '../config.ts'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { providerShape } from '../provider-shape.ts'
import type { PropShapes } from '../shape.ts'
import { CnameRecord } from './bindings/dns.ts'
import type { HostedRecord } from './hosted-record.ts'
import { PerRecordDns } from './per-record.ts'
import { checkZoneNames, nameInZone, needsKnownName, zonesNamed } from './zones.ts'

/** The server and its TSIG key are settings of the `dns` provider (`DnsProvider` of `@cdktf/provider-dns`). */
export interface Rfc2136DnsProps {
  /** The zones' names. The longest that a record's name ends in is taken. */
  readonly zoneNames: readonly string[]
  /**
   * In seconds.
   * @default 300
   */
  readonly ttl?: number | undefined
  /**
   * Looks up what stands at the names, so that the plan refuses records that are in the way. What cannot be looked up is a
   * warning.
   * @default true
   */
  readonly checkExisting?: boolean | undefined
  /** @default - the only `dns` provider of the stack */
  readonly provider?: TerraformProvider | undefined
}

export const rfc2136DnsShapes: PropShapes<Rfc2136DnsProps> = {
  zoneNames: { list: 'name' },
  ttl: 'number',
  checkExisting: 'boolean',
  provider: providerShape,
}

/**
 * Writes CNAMEs by dynamic updates (RFC 2136) into BIND, Knot, PowerDNS and others, with `@cdktf/provider-dns`. Where
 * records may already be in the way, `ProviderDns` with `rfc2136` shows and replaces them.
 */
export class Rfc2136Dns extends PerRecordDns<Rfc2136DnsProps> {
  protected override readonly service = 'rfc2136'
  readonly #zones = zonesNamed(this.props.zoneNames ?? [])

  constructor(props: Rfc2136DnsProps) {
    super(props, rfc2136DnsShapes, ['zoneNames'])
    checkZoneNames(this.props.zoneNames ?? [], 'zoneNames', this.problems)
  }

  protected override record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined {
    const { ttl = 300, provider } = this.props
    if (!needsKnownName(record, scope)) return undefined
    const zone = this.#zones.of(record, scope)
    if (zone === undefined) return undefined
    const name = nameInZone(record.name, zone)
    // The dns provider takes absolute names only, with their final dots.
    const config = { zone: `${zone}.`, name, cname: `${record.value}.`, ttl }
    return new CnameRecord(scope, record.key, configOf({ ...config, provider }))
  }
}
