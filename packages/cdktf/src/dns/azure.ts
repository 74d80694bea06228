import type { Construct } from 'constructs'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { given } from '../problems.ts'
import { DnsCnameRecord } from './bindings/azurerm.ts'
import { DnsTarget, type HostedRecord } from './target.ts'
import { chooseZone, nameInZone, needsKnownName } from './zones.ts'

/** Azure's records are named relative to their zone, so the zone's DNS name is needed in any case. */
export interface AzureDnsProps {
  /** The zones' DNS names. The longest that a record's name ends in is taken. */
  readonly zoneNames: readonly string[]
  /** The resource group of the zones. */
  readonly resourceGroupName: string
  /**
   * In seconds.
   * @default 300
   */
  readonly ttl?: number
  /** @default - the only Azure provider of the stack */
  readonly provider?: TerraformProvider
}

/** Writes CNAMEs into Azure DNS, with `@cdktf/provider-azurerm`. */
export class AzureDns extends DnsTarget {
  readonly #props: AzureDnsProps

  constructor(props: AzureDnsProps) {
    super()
    this.#props = props
  }

  override publish(scope: Construct, records: readonly HostedRecord[]): readonly ITerraformDependable[] {
    return records.flatMap((record) => this.#record(scope, record))
  }

  #record(scope: Construct, record: HostedRecord): ITerraformDependable[] {
    const { zoneNames, resourceGroupName, ttl = 300, provider } = this.#props
    if (!needsKnownName(record, scope)) return []
    const zones = Object.fromEntries(zoneNames.map((name) => [name, name]))
    const chosen = chooseZone({ zones, defaultProp: 'zoneNames' }, record, scope)
    if (!chosen) return []
    const name = nameInZone(record.name, chosen.zone)
    const config = { zoneName: chosen.zone, resourceGroupName, name, record: record.value, ttl }
    return [new DnsCnameRecord(scope, record.key, given({ ...config, provider }))]
  }
}
