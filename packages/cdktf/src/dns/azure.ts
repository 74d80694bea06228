import type { Construct } from 'constructs'
import { configOf } from '../config.ts'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { providerShape } from '../provider-shape.ts'
import type { PropShapes } from '../shape.ts'
import { DnsCnameRecord } from './bindings/azurerm.ts'
import type { HostedRecord } from './hosted-record.ts'
import { PerRecordDns } from './per-record.ts'
import { checkZoneNames, nameInZone, needsKnownName, zonesNamed } from './zones.ts'

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
  readonly ttl?: number | undefined
  /**
   * Looks up what stands at the names, so that the plan refuses records that are in the way. What cannot be looked up is a
   * warning.
   * @default true
   */
  readonly checkExisting?: boolean | undefined
  /** @default - the only Azure provider of the stack */
  readonly provider?: TerraformProvider | undefined
}

export const azureDnsShapes: PropShapes<AzureDnsProps> = {
  zoneNames: { list: 'name' },
  resourceGroupName: 'name',
  ttl: 'number',
  checkExisting: 'boolean',
  provider: providerShape,
}

/** Writes CNAMEs into Azure DNS, with `@cdktf/provider-azurerm`. */
export class AzureDns extends PerRecordDns<AzureDnsProps> {
  protected override readonly service = 'azure'
  readonly #zones = zonesNamed(this.props.zoneNames ?? [])

  constructor(props: AzureDnsProps) {
    super(props, azureDnsShapes, ['zoneNames', 'resourceGroupName'])
    checkZoneNames(this.props.zoneNames ?? [], 'zoneNames', this.problems)
  }

  protected override record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined {
    const { resourceGroupName, ttl = 300, provider } = this.props
    if (!needsKnownName(record, scope)) return undefined
    const zone = this.#zones.of(record, scope)
    if (zone === undefined) return undefined
    const name = nameInZone(record.name, zone)
    const config = { zoneName: zone, resourceGroupName, name, record: record.value, ttl }
    return new DnsCnameRecord(scope, record.key, configOf({ ...config, provider }))
  }
}
