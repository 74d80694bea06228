import type { Construct } from 'constructs'
import { configOf } from '../config.ts'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { DnsRecords, type DnsRecordsConfig } from '../generated/dns-records.ts'
import { dnsServiceNames, dnsServiceShapes } from '../generated/dns-services.ts'
import { isKnown, listed, notOneOf, Problems } from '../problems.ts'
import { providerShape } from '../provider-shape.ts'
import type { PropShapes, Shape } from '../shape.ts'
import type { HostedRecord, PublishContext } from './hosted-record.ts'
import { DnsTarget } from './target.ts'
import { checkTtl } from './ttl.ts'

type DnsServiceName = (typeof dnsServiceNames)[number]
const conflictModes = ['fail', 'adopt', 'replace'] as const

/** One DNS service with its settings. What is left out comes from the environment or the provider's `dns` block. */
export interface ProviderDnsProps extends Pick<DnsRecordsConfig, DnsServiceName> {
  /**
   * In seconds.
   * @default 300
   */
  readonly ttl?: number | undefined
  /**
   * What to do about records that stand in the way: `fail` shows them, `adopt` takes over a CNAME and corrects its target,
   * `replace` exchanges whatever is there and puts it back on destroy.
   * @default fail
   */
  readonly onConflict?: (typeof conflictModes)[number] | undefined
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider | undefined
}

/** Complete by type: a setting of a service without its shape does not compile. */
const settings: { [Name in DnsServiceName]: PropShapes<NonNullable<DnsRecordsConfig[Name]>> } = dnsServiceShapes

const providerDnsShapes: PropShapes<ProviderDnsProps> = {
  ...(Object.fromEntries(
    dnsServiceNames.map((service): [string, Shape] => [service, { fields: { ...settings[service] } }]),
  ) as Record<DnsServiceName, Shape>),
  ttl: 'number',
  onConflict: 'text',
  provider: providerShape,
}

/**
 * Lets the dmarcreport provider write the CNAMEs itself (`dmarcreport_dns_records`): it finds the zone, shows what stands
 * in the way, reads back what it wrote and puts back what it replaced.
 */
export class ProviderDns extends DnsTarget {
  readonly #props: ProviderDnsProps
  readonly #problems = new Problems('dns')

  constructor(props: ProviderDnsProps) {
    super()
    this.#props = this.#problems.checked(props, providerDnsShapes)
    if (this.#problems.isEmpty) this.#check()
  }

  override publish(
    scope: Construct,
    records: readonly HostedRecord[],
    context: PublishContext = {},
  ): readonly ITerraformDependable[] {
    this.#problems.reportOn(scope)
    if (!this.#problems.isEmpty || records.length === 0) return []
    const byKey = records.map(({ key, name, type, value }) => [key, { name, type, value }])
    const { provider = context.provider } = this.#props
    const { allowWeaker } = context
    const config = configOf({ ...this.#props, allowWeaker, provider, records: Object.fromEntries(byKey) })
    return [new DnsRecords(scope, 'records', config as ConstructorParameters<typeof DnsRecords>[2])]
  }

  #check(): void {
    const found = dnsServiceNames.filter((service) => this.#props[service] !== undefined)
    if (found.length !== 1) {
      const given = found.length === 0 ? 'no DNS service' : found.join(' and ')
      this.#problems.add(
        '',
        `found ${given}, expected exactly one of ${listed(dnsServiceNames)}. Give one ProviderDns one service.`,
      )
    }
    const { onConflict, ttl } = this.#props
    if (isKnown(onConflict) && !conflictModes.includes(onConflict)) {
      this.#problems.add('onConflict', notOneOf(onConflict, conflictModes))
    }
    checkTtl(ttl, this.#problems)
  }
}
