import * as z from 'zod'
import { type OperationName, routes } from '../routes.ts'
import { account, accountList, createAccountBody, updateAccountBody } from './accounts.ts'
import { auditEventList, auditEventQuery } from './audit-events.ts'
import { capabilities } from './capabilities.ts'
import {
  createDomainBody,
  deleteDomainQuery,
  deletedDomain,
  domain,
  domainList,
  updateDomainBody,
  updatedDomain,
} from './domains.ts'
import { generateDmarcRecordBody, generatedDmarcRecord } from './generate.ts'
import {
  dmarcVerification,
  hostedServices,
  mtaStsVerification,
  verifyMtaStsBody,
  verifyMtaStsQuery,
} from './hosting.ts'
import {
  addDomainMembershipsBody,
  addedDomainMemberships,
  domainMembership,
  domainMembershipList,
  userMembership,
  userMembershipList,
} from './memberships.ts'
import { createdNoticeTarget, createNoticeTargetBody, noticeTargetList } from './notice-targets.ts'
import { statusChangeList } from './status-changes.ts'
import { createTagBody, tag, tagList, updateTagBody } from './tags.ts'
import { idOrSlug, message, pageQuery } from './values.ts'

/** What an operation takes and answers, beside its route. */
export interface Operation {
  readonly summary: string
  readonly params: z.ZodObject
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Headers beside those every operation has. */
  readonly headers?: z.ZodType
  /** The status of success. */
  readonly status: 200 | 201
  readonly response: z.ZodType
}

/** Ours: a creation that is sent again with the same key is answered with the object that the first one created. */
const idempotent = z.looseObject({
  'idempotency-key': z
    .string()
    .optional()
    .describe(
      'A UUID of your choice. For 24 hours, a request with the same key is answered with the object that the first one created.',
    ),
})

/** Ours: a change that was decided on an older version is refused with 412. */
const conditional = z.looseObject({
  'if-match': z
    .string()
    .optional()
    .describe(
      'The `version` of the domain that the change was decided on, as in `ETag`: `"7"`. Another one is refused with 412.',
    ),
})
const none = z.object({})
const ofAccount = z.object({ account_id: idOrSlug })
const byId = z.object({ id: idOrSlug })
const inAccount = z.object({ account_id: idOrSlug, id: idOrSlug })
const ofDomain = z.object({ account_id: idOrSlug, domain_id: idOrSlug })

/** The contract in one table: the server routes, validates, serialises and documents by it. */
export const operations = {
  listAllDomains: {
    summary: 'All domains of the user, over all accounts',
    params: none,
    query: pageQuery,
    status: 200,
    response: domainList,
  },
  listDomains: {
    summary: 'The domains of an account',
    params: ofAccount,
    query: pageQuery,
    status: 200,
    response: domainList,
  },
  getDomain: { summary: 'One domain, by id or slug', params: inAccount, status: 200, response: domain },
  createDomain: {
    summary: 'Create a domain',
    params: ofAccount,
    headers: idempotent,
    body: createDomainBody,
    status: 201,
    response: domain,
  },
  updateDomain: {
    summary: 'Change a domain; what is left out keeps its value',
    params: inAccount,
    headers: conditional,
    body: updateDomainBody,
    status: 200,
    response: updatedDomain,
  },
  deleteDomain: {
    summary: 'Delete a domain',
    params: inAccount,
    headers: conditional,
    query: deleteDomainQuery,
    status: 200,
    response: deletedDomain,
  },
  restoreDomain: {
    summary: 'Undo the deletion of a domain',
    params: inAccount,
    status: 200,
    response: domain,
  },
  listStatusChanges: {
    summary: 'How the statuses of a domain have changed',
    params: ofDomain,
    query: pageQuery,
    status: 200,
    response: statusChangeList,
  },
  getHostedServices: {
    summary: 'What is hosted, and the CNAMEs it needs',
    params: ofDomain,
    status: 200,
    response: hostedServices,
  },
  verifyHostedDmarc: { summary: 'Check hosted DMARC now', params: ofDomain, status: 200, response: dmarcVerification },
  verifyHostedMtaSts: {
    summary: 'Check hosted MTA-STS now',
    params: ofDomain,
    query: verifyMtaStsQuery,
    body: verifyMtaStsBody,
    status: 200,
    response: mtaStsVerification,
  },
  generateDmarcRecord: {
    summary: 'Make a DMARC record, and publish it if asked',
    params: ofDomain,
    headers: conditional,
    body: generateDmarcRecordBody,
    status: 200,
    response: generatedDmarcRecord,
  },
  listAccounts: { summary: 'All accounts', params: none, query: pageQuery, status: 200, response: accountList },
  createAccount: {
    summary: 'Create an account',
    params: none,
    headers: idempotent,
    body: createAccountBody,
    status: 201,
    response: account,
  },
  updateAccount: {
    summary: 'Rename an account',
    params: byId,
    body: updateAccountBody,
    status: 200,
    response: account,
  },
  deleteAccount: { summary: 'Delete an account', params: byId, status: 200, response: message },
  listDomainMemberships: {
    summary: 'Which domains an account holds',
    params: ofAccount,
    status: 200,
    response: domainMembershipList,
  },
  getDomainMembership: {
    summary: 'One membership of a domain',
    params: inAccount,
    status: 200,
    response: domainMembership,
  },
  addDomainMemberships: {
    summary: 'Add domains to an account',
    params: ofAccount,
    headers: idempotent,
    body: addDomainMembershipsBody,
    status: 201,
    response: addedDomainMemberships,
  },
  removeDomainMembership: {
    summary: 'Remove a domain from an account, by membership id',
    params: inAccount,
    status: 200,
    response: message,
  },
  listUserMemberships: {
    summary: 'Who may use an account, and for what',
    params: ofAccount,
    status: 200,
    response: userMembershipList,
  },
  getUserMembership: {
    summary: 'One membership of a user',
    params: inAccount,
    status: 200,
    response: userMembership,
  },
  listTags: { summary: 'All tags of the user', params: none, query: pageQuery, status: 200, response: tagList },
  getTag: { summary: 'One tag', params: byId, status: 200, response: tag },
  createTag: {
    summary: 'Create a tag',
    params: none,
    headers: idempotent,
    body: createTagBody,
    status: 201,
    response: tag,
  },
  updateTag: { summary: 'Change a tag', params: byId, body: updateTagBody, status: 200, response: tag },
  deleteTag: { summary: 'Delete a tag; it leaves its domains', params: byId, status: 200, response: message },
  listNoticeTargets: {
    summary: 'Where notices about the domains of the user are sent',
    params: none,
    status: 200,
    response: noticeTargetList,
  },
  createNoticeTarget: {
    summary: 'Send notices to a webhook, or by mail',
    params: none,
    headers: idempotent,
    body: createNoticeTargetBody,
    status: 201,
    response: createdNoticeTarget,
  },
  deleteNoticeTarget: {
    summary: 'Send no further notices to a target',
    params: byId,
    status: 200,
    response: message,
  },
  findAuditEvents: {
    summary: 'Who changed what',
    params: none,
    query: auditEventQuery,
    status: 200,
    response: auditEventList,
  },
  getCapabilities: {
    summary: 'What this server can do beyond the vendor',
    params: none,
    status: 200,
    response: capabilities,
  },
} as const satisfies Record<OperationName, Operation>

/** An operation's method and path together with its schemas. */
export const operation = <Name extends OperationName>(name: Name) => ({ ...routes[name], ...operations[name] })
