import { notFound, Problem, refused } from '../../rules/problem.ts'
import { newSlugSuffix } from '../../rules/secrets.ts'
import { accountsOfDeleted, findDeleted, restoreDomain as putBack, wasParked } from '../../store/deleted-domains.ts'
import { domainViews } from '../../store/domains.ts'
import { membershipOfAddress } from '../../store/memberships.ts'
import { numericId } from '../../store/numeric-id.ts'
import { lockUser } from '../../store/users.ts'
import { schedule } from '../../store/work.ts'
import { accountOf } from '../access.ts'
import { auditedDomain, domainFields } from '../audited.ts'
import { domainAnswer } from '../domain-answer.ts'
import { quotaFaults } from '../quota-faults.ts'
import { route } from '../route.ts'

export const restoreDomain = route('restoreDomain', {
  privilege: 'write',
  description:
    'Undoes the deletion of a domain until its `kept_until`, by its numeric id: with id, settings, CNAME targets, tags, statuses and history. Reports are not restored.',
  async handle({ caller, params, audit }, context) {
    const { store, zone, now, random } = context
    const answer = await store.transaction(async (tx) => {
      const account = await accountOf(tx, caller, params.account_id)
      const seen = await findDeleted(tx, numericId(params.id) ?? 0)
      if (!seen || !accountsOfDeleted(seen).includes(account.id)) throw notFound('deleted domain', params.id)
      const owner = await lockUser(tx, store.engine, seen.user_id)
      // Read again under the lock: another request may have restored it.
      const deleted = await findDeleted(tx, seen.domain_id)
      const at = now()
      if (!deleted || deleted.kept_until <= at) throw notFound('deleted domain', params.id)
      const { address } = deleted
      const existing = await membershipOfAddress(tx, account.id, address)
      if (existing) {
        const { domain_id: existing_id } = existing
        const message = `${address} is in this account again, as domain ${existing_id}. Delete that one first.`
        throw new Problem(409, message, [{ field: '', code: 'address_taken', message, existing_id }])
      }
      const faults = await quotaFaults(tx, owner, wasParked(deleted))
      if (faults.length > 0) throw refused(faults)
      await putBack(tx, deleted, { now: at, suffix: () => newSlugSuffix(random) })
      await schedule(tx, 'publish', deleted.hosting_key, at)
      await schedule(tx, 'verify', String(deleted.domain_id), at)
      const [view] = await domainViews(tx, { accountIds: [account.id], reference: String(deleted.domain_id) })
      if (!view) throw new Error(`domain ${deleted.domain_id} was restored and cannot be read back`)
      await audit(tx, { ...auditedDomain(view), before: null, after: domainFields(view) })
      return domainAnswer(view, zone)
    })
    context.wakePublisher()
    return answer
  },
})
