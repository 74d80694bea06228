import type { Provider } from '@dmarc-as-code/terraform-plugin'
import { verifyAction } from './actions/verify-action.ts'
import { configure, type Surroundings } from './configure.ts'
import { define } from './context/define.ts'
import { accountData } from './data-sources/account/account-data.ts'
import { accountsData } from './data-sources/accounts/accounts-data.ts'
import { dmarcEvidenceData } from './data-sources/dmarc-evidence/dmarc-evidence-data.ts'
import { dmarcRecordData } from './data-sources/dmarc-record/dmarc-record-data.ts'
import { dnsLookupData } from './data-sources/dns-lookup/dns-lookup-data.ts'
import { domainData } from './data-sources/domain/domain-data.ts'
import { domainsData } from './data-sources/domains/domains-data.ts'
import { hostedServicesData } from './data-sources/hosted-services/hosted-services-data.ts'
import { reportSummaryData } from './data-sources/report-summary/report-summary-data.ts'
import { statusChangesData } from './data-sources/status-changes/status-changes-data.ts'
import { tagsData } from './data-sources/tags/tags-data.ts'
import { functions } from './functions/index.ts'
import { domainsList } from './list-resources/domain-list.ts'
import { tagsList } from './list-resources/tag-list.ts'
import { providerSchema } from './provider-schema.ts'
import { account } from './resources/account/account.ts'
import { dnsRecords } from './resources/dns-records/dns-records.ts'
import { domain } from './resources/domain/domain.ts'
import { domainVerification } from './resources/domain-verification/domain-verification.ts'
import { tag } from './resources/tag/tag.ts'

/** The dmarcreport provider; tests give it surroundings of their own. */
export function createProvider(surroundings: Surroundings = {}): Provider {
  return define.provider({
    name: 'dmarcreport',
    description:
      'Manages domains at DMARC Report or at a self-hosted server with the same API: hosts their DMARC and MTA-STS records, publishes the required CNAME records and waits until everything is live.',
    schema: providerSchema,
    configure: (request) => configure(request, surroundings),
    shutdown: async ({ markers, journals, ends }) =>
      void (await Promise.all([markers.settled(), journals.settled(), ends.settled()])),
    resources: {
      dmarcreport_account: account,
      dmarcreport_tag: tag,
      dmarcreport_domain: domain,
      dmarcreport_dns_records: dnsRecords,
      dmarcreport_domain_verification: domainVerification,
    },
    dataSources: {
      dmarcreport_domain: domainData,
      dmarcreport_domains: domainsData,
      dmarcreport_account: accountData,
      dmarcreport_accounts: accountsData,
      dmarcreport_tags: tagsData,
      dmarcreport_hosted_services: hostedServicesData,
      dmarcreport_dmarc_record: dmarcRecordData,
      dmarcreport_dmarc_evidence: dmarcEvidenceData,
      dmarcreport_report_summary: reportSummaryData,
      dmarcreport_status_changes: statusChangesData,
      dmarcreport_dns_lookup: dnsLookupData,
    },
    listResources: { dmarcreport_domain: domainsList, dmarcreport_tag: tagsList },
    actions: { dmarcreport_verify: verifyAction },
    functions,
  })
}

export const provider = createProvider()
export default provider
