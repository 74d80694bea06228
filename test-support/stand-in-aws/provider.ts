import { createAdapter } from '@dmarc-as-code/dns/adapters'
import type { DnsAdapter } from '@dmarc-as-code/dns/apply'
import { defineWith, s } from '@dmarc-as-code/terraform-plugin'
import { record } from './record.ts'
import { zone } from './zone.ts'

/**
 * Stands in for the AWS provider, whose binary has 700 MB and needs an account: the Route 53 record and zone with their
 * real schemas, on a live DNS server that takes dynamic updates. Where it is comes from STAND_IN_DNS, as JSON.
 */
export default defineWith<DnsAdapter>().provider({
  name: 'aws',
  schema: { region: s.string().optional() },
  configure: () => createAdapter({ type: 'rfc2136', ...JSON.parse(process.env.STAND_IN_DNS ?? '{}') }),
  resources: { aws_route53_record: record },
  dataSources: { aws_route53_zone: zone },
})
