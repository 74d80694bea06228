import { createAccount } from '../src/store/accounts.ts'
import { insertDomain } from '../src/store/domains.ts'
import { createHosting } from '../src/store/hostings.ts'
import { addDomainMembership } from '../src/store/memberships.ts'
import type { Store } from '../src/store/open-store.ts'
import { createUser } from '../src/store/users.ts'

const now = 1_800_000_000_000

/** Fills an empty store with one user on the standard plan, who has one account with one domain. */
export async function storeWithDomain(store: Store, address: string) {
  const user = await createUser(store.db, { email: 'owner@example.com', plan: 'standard', now })
  const account = await createAccount(store.db, { userId: user.id, title: 'Account', now, suffix: () => 'x' })
  const domainId = await insertDomain(store.db, {
    user_id: user.id,
    address,
    rua_report: 1,
    ruf_report: 0,
    parked_domain: 0,
    hosted_dmarc: 1,
    hosted_mta_sts: 0,
    report_id: address,
    dmarc_status: 'dmarc_inactive',
    mta_sts_status: 'mta_sts_inactive',
    created_at: now,
    updated_at: now,
  })
  const key = `key-of-${address}`
  await createHosting(store.db, { key, domainId, address })
  await addDomainMembership(store.db, { accountId: account.id, domainId, address, slug: address, now })
  return { userId: user.id, accountId: account.id, domainId, key }
}
