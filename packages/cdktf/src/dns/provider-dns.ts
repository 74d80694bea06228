import type { Construct } from 'constructs'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'
import { DnsRecords, type DnsRecordsConfig } from '../generated/dns-records.ts'
import { dnsServiceNames } from '../generated/dns-services.ts'
import { given, isKnown, listed, notOneOf, Problems } from '../problems.ts'
import { DnsTarget, type HostedRecord } from './target.ts'
import { checkTtl } from './ttl.ts'

const conflictModes = ['fail', 'adopt', 'replace'] as const

/** One DNS service with its settings. What is left out comes from the environment or the provider's `dns` block. */
export interface ProviderDnsProps extends Pick<DnsRecordsConfig, (typeof dnsServiceNames)[number]> {
  /**
   * In seconds.
   * @default 300
   */
  readonly ttl?: number
  /**
   * What to do about records that stand in the way: `fail` shows them, `adopt` takes over a CNAME and corrects its target,
   * `replace` exchanges whatever is there and puts it back on destroy.
   * @default fail
   */
  readonly onConflict?: (typeof conflictModes)[number]
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider
}

/**
 * Lets the dmarcreport provider write the CNAMEs itself (`dmarcreport_dns_records`): it finds the zone, shows what stands
 * in the way, reads back what it wrote and puts back what it replaced.
 */
export class ProviderDns extends DnsTarget {
  readonly #props: ProviderDnsProps

  constructor(props: ProviderDnsProps) {
    super()
    this.#props = props
  }

  override publish(scope: Construct, records: readonly HostedRecord[]): readonly ITerraformDependable[] {
    this.#check().reportOn(scope)
    if (records.length === 0) return []
    const byKey = records.map(({ key, name, type, value }) => [key, { name, type, value }])
    const config = given({ ...this.#props, records: Object.fromEntries(byKey) })
    return [new DnsRecords(scope, 'records', config)]
  }

  #check(): Problems {
    const problems = new Problems()
    const found = dnsServiceNames.filter((service) => this.#props[service] !== undefined)
    if (found.length !== 1) {
      const given = found.length === 0 ? 'no DNS service' : found.join(' and ')
      problems.add(
        'dns',
        `found ${given}, expected exactly one of ${listed(dnsServiceNames)}. Give one ProviderDns one service.`,
      )
    }
    const { onConflict, ttl } = this.#props
    if (isKnown(onConflict) && !conflictModes.includes(onConflict)) {
      problems.add('dns.onConflict', notOneOf(onConflict, conflictModes))
    }
    checkTtl(ttl, problems)
    return problems
  }
}
