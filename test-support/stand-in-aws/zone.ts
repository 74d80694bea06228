import { type DnsAdapter, DnsServiceError } from '@dmarc-as-code/dns/apply'
import { defineWith } from '@dmarc-as-code/terraform-plugin'
import { zoneIdOf, zoneNameOf } from './zone-id.ts'
import { zoneSchema } from './zone-schema.ts'

/** The data source `aws_route53_zone`: finds a zone that the live DNS server serves. */
export const zone = defineWith<DnsAdapter>().dataSource({
  schema: zoneSchema,
  async read({ config, client }) {
    const name = (config.zone_id ? zoneNameOf(config.zone_id) : (config.name ?? '')).toLowerCase().replace(/\.$/, '')
    const found = await client.findZone(name).catch((error: unknown) => {
      // A DNS server refuses a question about a zone it does not serve; Route 53 lists its zones and finds none.
      if (error instanceof DnsServiceError && error.kind === 'forbidden') return undefined
      throw error
    })
    if (found?.name !== name) throw new Error('no matching Route 53 Hosted Zone found')
    const id = zoneIdOf(name)
    return {
      ...config,
      id,
      zone_id: id,
      name,
      arn: `arn:aws:route53:::hostedzone/${id}`,
      caller_reference: 'stand-in',
      comment: '',
      enable_accelerated_recovery: false,
      linked_service_description: '',
      linked_service_principal: '',
      name_servers: [`ns1.${name}`],
      primary_name_server: `ns1.${name}`,
      resource_record_set_count: 0,
      tags: {},
      vpc_id: '',
    }
  },
})
