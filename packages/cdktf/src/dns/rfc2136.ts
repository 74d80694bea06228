import type { Construct } from 'constructs'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { given } from '../problems.ts'
import { CnameRecord } from './bindings/dns.ts'
import { DnsTarget, type HostedRecord } from './target.ts'
import { chooseZone, nameInZone, needsKnownName } from './zones.ts'

/** The server and its TSIG key are settings of the `dns` provider (`DnsProvider` of `@cdktf/provider-dns`). */
export interface Rfc2136DnsProps {
  /** The zones' names. The longest that a record's name ends in is taken. */
  readonly zoneNames: readonly string[]
  /**
   * In seconds.
   * @default 300
   */
  readonly ttl?: number
  /** @default - the only `dns` provider of the stack */
  readonly provider?: TerraformProvider
}

/**
 * Writes CNAMEs by dynamic updates (RFC 2136) into BIND, Knot, PowerDNS and others, with `@cdktf/provider-dns`. Where
 * records may already be in the way, `ProviderDns` with `rfc2136` shows and replaces them.
 */
export class Rfc2136Dns extends DnsTarget {
  readonly #props: Rfc2136DnsProps

  constructor(props: Rfc2136DnsProps) {
    super()
    this.#props = props
  }

  override publish(scope: Construct, records: readonly HostedRecord[]): readonly ITerraformDependable[] {
    return records.flatMap((record) => this.#record(scope, record))
  }

  #record(scope: Construct, record: HostedRecord): ITerraformDependable[] {
    const { zoneNames, ttl = 300, provider } = this.#props
    if (!needsKnownName(record, scope)) return []
    const zones = Object.fromEntries(zoneNames.map((name) => [name, name]))
    const chosen = chooseZone({ zones, defaultProp: 'zoneNames' }, record, scope)
    if (!chosen) return []
    const name = nameInZone(record.name, chosen.zone)
    // The dns provider takes absolute names only, with their final dots.
    const config = { zone: `${chosen.zone.replace(/\.$/, '')}.`, name, cname: `${record.value}.`, ttl }
    return [new CnameRecord(scope, record.key, given({ ...config, provider }))]
  }
}
