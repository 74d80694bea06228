import { DmarcReportClient } from '@dmarc-as-code/client'
import type { Fields } from '@dmarc-as-code/terraform-plugin'
import { accountsDataSchema } from './data-sources/accounts-schema.ts'
import { dmarcRecordDataSchema } from './data-sources/dmarc-record-schema.ts'
import { domainDataSchema } from './data-sources/domain-schema.ts'
import { domainsDataSchema } from './data-sources/domains-schema.ts'
import { define } from './define.ts'
import { functions } from './functions/index.ts'
import { providerSchema } from './provider-schema.ts'
import { accountSchema } from './resources/account-schema.ts'
import { dnsRecordsSchema } from './resources/dns-records-schema.ts'
import { domainSchema } from './resources/domain-schema.ts'
import { domainVerificationSchema } from './resources/domain-verification-schema.ts'
import { tagSchema } from './resources/tag-schema.ts'

const nope = () => {
  throw new Error('comes with the next commit')
}
const r = <T extends object>(schema: Fields, extra: T = {} as T) =>
  define.resource({
    schema,
    create: nope,
    read: nope,
    update: nope,
    delete: nope,
    importState: nope,
    ...extra,
  } as never)
const d = (schema: Fields) => define.dataSource({ schema, read: nope } as never)

export const provider = define.provider({
  name: 'dmarcreport',
  description: 'DMARC Report: domains, hosted DMARC and MTA-STS, and the CNAMEs they need.',
  schema: providerSchema,
  configure: ({ config }) => ({ client: new DmarcReportClient({ token: String(config.token) }) }),
  resources: {
    dmarcreport_account: r(accountSchema),
    dmarcreport_tag: r(tagSchema),
    dmarcreport_domain: r(domainSchema, { timeouts: { create: '5m', update: '5m', delete: '5m' } }),
    dmarcreport_dns_records: r(dnsRecordsSchema, { timeouts: { create: '5m', update: '5m', delete: '5m' } }),
    dmarcreport_domain_verification: r(domainVerificationSchema, { timeouts: { create: '30m', update: '30m' } }),
  },
  dataSources: {
    dmarcreport_domain: d(domainDataSchema),
    dmarcreport_domains: d(domainsDataSchema),
    dmarcreport_accounts: d(accountsDataSchema),
    dmarcreport_dmarc_record: d(dmarcRecordDataSchema),
  },
  functions,
})
