import type { Construct } from 'constructs'
import { configOf } from '../config.ts'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { isKnown, type Problems } from '../problems.ts'
import { providerShape } from '../provider-shape.ts'
import type { PropShapes } from '../shape.ts'
import { DnsRecordSet } from './bindings/google.ts'
import type { HostedRecord } from './hosted-record.ts'
import { PerRecordDns } from './per-record.ts'
import { checkZoneNames, Zones } from './zones.ts'

/** Set `managedZone` for one zone, `zones` for several, or both: then the one is the default of the others. */
export interface GoogleDnsProps {
  /**
   * The managed zone's name in Google Cloud (not its DNS name).
   * @default - no zone for names that are in none of zones
   */
  readonly managedZone?: string | undefined
  /**
   * A managed zone by the suffix of names. The longest suffix wins.
   * @default - none
   */
  readonly zones?: Readonly<Record<string, string>> | undefined
  /** @default - that of the provider */
  readonly project?: string | undefined
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
  /** @default - the only Google provider of the stack */
  readonly provider?: TerraformProvider | undefined
}

export const googleDnsShapes: PropShapes<GoogleDnsProps> = {
  managedZone: 'name',
  zones: { map: 'name' },
  project: 'name',
  ttl: 'number',
  checkExisting: 'boolean',
  provider: providerShape,
}

/** Writes CNAMEs into Google Cloud DNS, with `@cdktf/provider-google`. */
export class GoogleDns extends PerRecordDns<GoogleDnsProps> {
  protected override readonly service = 'google'
  readonly #zones = new Zones({
    zones: this.props.zones,
    defaultZone: this.props.managedZone,
    defaultProp: 'managedZone',
  })

  constructor(props: GoogleDnsProps) {
    super(props, googleDnsShapes)
    checkManagedZone(this.props.managedZone, 'managedZone', this.problems)
    for (const [name, zone] of Object.entries(this.props.zones ?? {})) {
      checkManagedZone(zone, `zones.${name}`, this.problems)
    }
    checkZoneNames(Object.keys(this.props.zones ?? {}), 'zones', this.problems)
  }

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
    return new DnsRecordSet(scope, record.key, configOf({ ...config, ttl, project, provider }))
  }
}

/** Managed zones are named without dots: one that has them is a DNS name, which Cloud DNS would not find. */
function checkManagedZone(zone: string | undefined, prop: string, problems: Problems): void {
  if (!isKnown(zone) || !zone.includes('.')) return
  const found = `found ${JSON.stringify(zone)}, which is a DNS name`
  problems.add(prop, `${found}, expected the name of the managed zone. Write it as Cloud DNS lists it.`)
}
