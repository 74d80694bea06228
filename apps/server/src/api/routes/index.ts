import type { Route } from '../route.ts'
import { addDomainMemberships } from './add-domain-memberships.ts'
import { capabilities } from './capabilities.ts'
import { createAccount } from './create-account.ts'
import { createDomain } from './create-domain.ts'
import { createNoticeTarget } from './create-notice-target.ts'
import { createTag } from './create-tag.ts'
import { deleteAccount } from './delete-account.ts'
import { deleteDomain } from './delete-domain.ts'
import { deleteNoticeTarget } from './delete-notice-target.ts'
import { deleteTag } from './delete-tag.ts'
import { findAuditEvents } from './find-audit-events.ts'
import { generateDmarcRecord } from './generate-dmarc-record.ts'
import { hostedServices } from './hosted-services.ts'
import { listAccounts } from './list-accounts.ts'
import { listAllDomains } from './list-all-domains.ts'
import { listDomainMemberships } from './list-domain-memberships.ts'
import { listDomains } from './list-domains.ts'
import { listNoticeTargets } from './list-notice-targets.ts'
import { listStatusChanges } from './list-status-changes.ts'
import { listTags } from './list-tags.ts'
import { listUserMemberships } from './list-user-memberships.ts'
import { removeDomainMembership } from './remove-domain-membership.ts'
import { restoreDomain } from './restore-domain.ts'
import { showDomain } from './show-domain.ts'
import { showDomainMembership } from './show-domain-membership.ts'
import { showTag } from './show-tag.ts'
import { showUserMembership } from './show-user-membership.ts'
import { updateAccount } from './update-account.ts'
import { updateDomain } from './update-domain.ts'
import { updateTag } from './update-tag.ts'
import { verifyHostedDmarc } from './verify-hosted-dmarc.ts'
import { verifyHostedMtaSts } from './verify-hosted-mta-sts.ts'

/** Every operation of the contract. */
export const apiRoutes: readonly Route[] = [
  listAllDomains,
  listDomains,
  showDomain,
  createDomain,
  updateDomain,
  deleteDomain,
  restoreDomain,
  listStatusChanges,
  hostedServices,
  verifyHostedDmarc,
  verifyHostedMtaSts,
  generateDmarcRecord,
  listAccounts,
  createAccount,
  updateAccount,
  deleteAccount,
  listDomainMemberships,
  showDomainMembership,
  addDomainMemberships,
  removeDomainMembership,
  listUserMemberships,
  showUserMembership,
  listTags,
  showTag,
  createTag,
  updateTag,
  deleteTag,
  listNoticeTargets,
  createNoticeTarget,
  deleteNoticeTarget,
  findAuditEvents,
  capabilities,
]
