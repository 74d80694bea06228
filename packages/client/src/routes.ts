/** One operation's place on the wire. */
export interface Route {
  /** HTTP method. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path template below the base URL; `:name` stands for a path parameter. */
  readonly path: string
  /** True when no public source names this method and path: a convention filled the gap. */
  readonly assumed: boolean
  /** True when only our server has it. */
  readonly extension?: true
  /** Other spellings to try, in order, when an assumed route turns out not to exist. */
  readonly guesses?: readonly { readonly method: Route['method']; readonly path: string }[]
}

const account = '/v2/accounts/:account_id'
const domain = `${account}/domains/:domain_id`

/**
 * Every operation of the API. The `.json` suffix is sent exactly where the vendor prints it. This is the only place that
 * knows a method or a path; `new DmarcReportClient({ routes })` overrides single entries.
 */
export const routes = {
  listAllDomains: { method: 'GET', path: '/v2/all_domains.json', assumed: false },
  listDomains: { method: 'GET', path: `${account}/domains.json`, assumed: false },
  getDomain: { method: 'GET', path: `${account}/domains/:id.json`, assumed: false },
  createDomain: { method: 'POST', path: `${account}/domains.json`, assumed: false },
  updateDomain: { method: 'PUT', path: `${account}/domains/:id.json`, assumed: false },
  deleteDomain: { method: 'DELETE', path: `${account}/domains/:id.json`, assumed: false },
  restoreDomain: { method: 'POST', path: `${account}/domains/:id/restore.json`, assumed: false, extension: true },
  listStatusChanges: { method: 'GET', path: `${domain}/status_changes.json`, assumed: false, extension: true },
  getHostedServices: { method: 'GET', path: `${domain}/hosted_services.json`, assumed: false },
  verifyHostedDmarc: {
    method: 'POST',
    path: `${domain}/verify_hosted_dmarc.json`,
    assumed: true,
    guesses: [
      { method: 'GET', path: `${domain}/verify_hosted_dmarc.json` },
      { method: 'POST', path: `${domain}/verify_dmarc.json` },
      { method: 'GET', path: `${domain}/verify_dmarc.json` },
    ],
  },
  verifyHostedMtaSts: {
    method: 'POST',
    path: `${domain}/verify_hosted_mta_sts.json`,
    assumed: true,
    guesses: [
      { method: 'GET', path: `${domain}/verify_hosted_mta_sts.json` },
      { method: 'POST', path: `${domain}/verify_mta_sts.json` },
      { method: 'GET', path: `${domain}/verify_mta_sts.json` },
    ],
  },
  generateDmarcRecord: { method: 'POST', path: `${domain}/generate_dmarc_record.json`, assumed: false },
  listAccounts: { method: 'GET', path: '/v2/accounts', assumed: false },
  createAccount: { method: 'POST', path: '/v2/accounts.json', assumed: false },
  updateAccount: { method: 'PUT', path: '/v2/accounts/:id.json', assumed: false },
  deleteAccount: { method: 'DELETE', path: '/v2/accounts/:id.json', assumed: true },
  listDomainMemberships: { method: 'GET', path: `${account}/domain_accounts`, assumed: false },
  getDomainMembership: { method: 'GET', path: `${account}/domain_accounts/:id`, assumed: false },
  addDomainMemberships: { method: 'POST', path: `${account}/domain_accounts.json`, assumed: false },
  removeDomainMembership: { method: 'DELETE', path: `${account}/domain_accounts/:id.json`, assumed: false },
  listUserMemberships: { method: 'GET', path: `${account}/user_accounts`, assumed: false },
  getUserMembership: { method: 'GET', path: `${account}/user_accounts/:id`, assumed: false },
  listTags: { method: 'GET', path: '/v2/tags.json', assumed: false, extension: true },
  getTag: { method: 'GET', path: '/v2/tags/:id.json', assumed: false, extension: true },
  createTag: { method: 'POST', path: '/v2/tags.json', assumed: false, extension: true },
  updateTag: { method: 'PUT', path: '/v2/tags/:id.json', assumed: false, extension: true },
  deleteTag: { method: 'DELETE', path: '/v2/tags/:id.json', assumed: false, extension: true },
  listNoticeTargets: { method: 'GET', path: '/v2/notice_targets.json', assumed: false, extension: true },
  createNoticeTarget: { method: 'POST', path: '/v2/notice_targets.json', assumed: false, extension: true },
  deleteNoticeTarget: { method: 'DELETE', path: '/v2/notice_targets/:id.json', assumed: false, extension: true },
  findAuditEvents: { method: 'GET', path: '/v2/audit_events.json', assumed: false, extension: true },
  getCapabilities: { method: 'GET', path: '/v2/capabilities', assumed: false, extension: true },
} as const satisfies Record<string, Route>

/** An operation of the API, as `request` and `routes` name it. */
export type OperationName = keyof typeof routes
