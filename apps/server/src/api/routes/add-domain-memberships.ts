import { Problem } from '../../rules/problem.ts'
import { newSlugSuffix } from '../../rules/secrets.ts'
import { domainSlug, freeSlug } from '../../rules/slug.ts'
import { domainViews, updateDomain } from '../../store/domains.ts'
import { keepCreated } from '../../store/idempotency-keys.ts'
import {
  addDomainMembership,
  type DomainMembership,
  domainMembershipsOf,
  membershipOfAddress,
  slugIsTaken,
} from '../../store/memberships.ts'
import type { Db } from '../../store/open-store.ts'
import { lockUser } from '../../store/users.ts'
import { accountOf, accountsOf } from '../access.ts'
import { auditedDomain } from '../audited.ts'
import { createdEarlier, deletedSince, fingerprintOf } from '../idempotency.ts'
import { membershipAnswer } from '../membership-answer.ts'
import { route } from '../route.ts'

export const addDomainMemberships = route('addDomainMemberships', {
  privilege: 'write',
  description:
    'Adds domains to the account in the body; the caller must have access to all of them. All are added or none. A domain already in the account is refused with 409.',
  async handle({ caller, params, body, idempotencyKey, audit }, { store, now, random }) {
    const { id: receiver, domain_ids } = body.domain_account.account_attributes
    return store.transaction(async (tx) => {
      await accountOf(tx, caller, params.account_id)
      const account = await accountOf(tx, caller, receiver)
      await lockUser(tx, store.engine, account.user_id)
      const wanted = [...new Set(domain_ids)]
      const creation = {
        userId: caller.userId,
        key: idempotencyKey,
        operation: 'addDomainMemberships',
        subject: `account ${account.id}`,
        fingerprint: fingerprintOf({ domain_ids: wanted.toSorted((a, b) => a - b) }),
        now: now(),
      }
      if ((await createdEarlier(tx, creation)) !== null) {
        const members = await domainMembershipsOf(tx, account.id)
        const found = wanted.flatMap((id) => members.find(({ domain_id }) => domain_id === id) ?? [])
        if (found.length < wanted.length) throw deletedSince(creation)
        return answerOf(found)
      }
      const visible = (await accountsOf(tx, caller)).map(({ id }) => id)
      const added: DomainMembership[] = []
      for (const [index, id] of wanted.entries()) {
        const [domain] = await domainViews(tx, { accountIds: visible, reference: String(id) })
        const field = `domain_account.account_attributes.domain_ids.${index}`
        if (!domain) {
          const message = `There is no domain ${id}, or this token has no access to it.`
          throw new Problem(404, message, [{ field, code: 'invalid_value', message }])
        }
        await refuseDuplicate(tx, account.id, domain.address, field)
        await updateDomain(tx, domain, {})
        const taken = (slug: string) => slugIsTaken(tx, account.id, slug)
        const slug = await freeSlug(domainSlug(domain.address), taken, () => newSlugSuffix(random))
        const membership = { accountId: account.id, domainId: domain.id, address: domain.address, slug, now: now() }
        added.push(await addDomainMembership(tx, membership))
        const described = { ...auditedDomain(domain), accountId: account.id }
        await audit(tx, { ...described, before: {}, after: { member_of: account.slug } })
      }
      await keepCreated(tx, creation, account.id)
      return answerOf(added)
    })
  },
})

function answerOf(memberships: readonly DomainMembership[]) {
  const added = memberships.map(membershipAnswer)
  const [first] = added
  if (!first) throw new Error('the contract allows an empty list of domains')
  return { ...first, account_managements: added }
}

async function refuseDuplicate(tx: Db, accountId: number, address: string, field: string): Promise<void> {
  const existing = await membershipOfAddress(tx, accountId, address)
  if (!existing) return
  const message = `${address} is already in this account, as domain ${existing.domain_id}.`
  throw new Problem(409, message, [{ field, code: 'address_taken', message, existing_id: existing.domain_id }])
}
