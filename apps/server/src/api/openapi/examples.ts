import type { OperationName } from '@dmarc-as-code/client/contract'

/**
 * A request body for each operation that takes one, in an order in which a new user can send them: the account is 1, the
 * domain and the tag are the first.
 */
export const requestExamples: Partial<Record<OperationName, unknown>> = {
  createTag: { tag: { name: 'production', color: '#10B981' } },
  updateTag: { tag: { color: '#3B82F6' } },
  createDomain: {
    domain: {
      address: 'example.com',
      rua_report: true,
      ruf_report: false,
      mta_sts_report: true,
      mta_sts_policy: { mode: 'testing', mx: 'mx1.example.com, *.mx.example.com', mx_age: 7 },
      tag_names: ['production'],
    },
  },
  updateDomain: { domain: { hosted_dmarc: true, hosted_mta_sts: true } },
  generateDmarcRecord: { p: 'quarantine', np: 'reject', adkim: 'r', aspf: 'r', publish: true },
  verifyHostedMtaSts: { record: 'all' },
  createNoticeTarget: { notice_target: { channel: 'webhook', destination: 'https://example.com/dmarc-notices' } },
  createAccount: { account: { title: 'Example Ltd' } },
  updateAccount: { account: { title: 'Example Limited' } },
  addDomainMemberships: { domain_account: { account_attributes: { id: '2', domain_ids: [1] } } },
}
