import { domainOf } from '../access.ts'
import { cnameRecords } from '../domain-answer.ts'
import { route } from '../route.ts'

export const hostedServices = route('getHostedServices', {
  privilege: 'read',
  description: 'The status of each CNAME is from the latest verification; the verify operations run a new one.',
  async handle({ caller, params }, { store, zone }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    return {
      domain: { id: domain.id, address: domain.address, slug: domain.slug },
      hosted_dmarc: domain.hosted_dmarc === 1,
      hosted_mta_sts: domain.hosted_mta_sts === 1,
      dmarc_status: domain.dmarc_status as 'dmarc_inactive',
      mta_sts_status: domain.mta_sts_status as 'mta_sts_inactive',
      cname_records: cnameRecords(domain, zone),
    }
  },
})
