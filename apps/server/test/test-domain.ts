import { insertDomain } from '../src/store/domains.ts'
import type { Store } from '../src/store/open-store.ts'

/** A domain of a user without an account around it, for tests of the store. */
export const insertTestDomain = (
  store: Store,
  userId: number,
  address: string,
  reportId: string,
  parts: { parked?: boolean; credits?: number } = {},
): Promise<number> =>
  insertDomain(store.db, {
    user_id: userId,
    address,
    rua_report: 1,
    ruf_report: 1,
    mta_sts_report: null,
    parked_domain: parts.parked ? 1 : 0,
    parked_domain_credits: parts.credits ?? null,
    hosted_dmarc: 0,
    hosted_mta_sts: 0,
    mta_sts_mode: null,
    mta_sts_mx: null,
    mta_sts_mx_age: null,
    report_id: reportId,
    dmarc_status: 'dmarc_inactive',
    mta_sts_status: 'mta_sts_inactive',
    created_at: 0,
    updated_at: 0,
    managed_by_workspace: null,
    managed_by_label: null,
  })
