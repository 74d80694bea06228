import { parseDomainName } from '@dmarc-as-code/records'
import { unhostable } from '../../rules/hostable-address.ts'
import { policyFaults } from '../../rules/mta-sts-policy.ts'
import { planOf } from '../../rules/plans.ts'
import { Problem, refused } from '../../rules/problem.ts'
import { newHostingKey, newReportId, newSlugSuffix } from '../../rules/secrets.ts'
import { domainSlug, freeSlug } from '../../rules/slug.ts'
import { domainViews, insertDomain } from '../../store/domains.ts'
import { createHosting } from '../../store/hostings.ts'
import { keepCreated } from '../../store/idempotency-keys.ts'
import { addDomainMembership, membershipOfAddress, slugIsTaken } from '../../store/memberships.ts'
import { flag, managedByColumns } from '../../store/settings.ts'
import { setDomainTags } from '../../store/tags.ts'
import { lockUser } from '../../store/users.ts'
import { accountOf } from '../access.ts'
import { auditedDomain, domainFields } from '../audited.ts'
import { chooseTags } from '../choose-tags.ts'
import { domainAnswer } from '../domain-answer.ts'
import { createdEarlier, deletedSince, fingerprintOf } from '../idempotency.ts'
import { quotaFaults } from '../quota-faults.ts'
import { route } from '../route.ts'

export const createDomain = route('createDomain', {
  privilege: 'write',
  description:
    'An address already in the account is refused with 409; the details name the existing id. Hosting is enabled by a later update.',
  async handle({ caller, params, body, idempotencyKey, audit }, { store, zone, allowPrivate, now, random }) {
    const fields = body.domain
    return store.transaction(async (tx) => {
      const account = await accountOf(tx, caller, params.account_id)
      const address = addressOf(fields.address)
      const fault = unhostable(address, { zone: zone.zone, allowPrivate })
      if (fault !== undefined) throw refused([{ field: 'domain.address', code: 'address_not_public', message: fault }])
      const owner = await lockUser(tx, store.engine, account.user_id)
      const subject = `${address} in account ${account.id}`
      const creation = {
        userId: caller.userId,
        key: idempotencyKey,
        operation: 'createDomain',
        subject,
        fingerprint: fingerprintOf({ ...fields, address }),
        now: now(),
      }
      const earlier = await createdEarlier(tx, creation)
      if (earlier !== null) {
        const [view] = await domainViews(tx, { accountIds: [account.id], reference: String(earlier) })
        if (!view) throw deletedSince(creation)
        return domainAnswer(view, zone)
      }
      const existing = await membershipOfAddress(tx, account.id, address)
      if (existing) throw duplicate(address, existing.domain_id)

      const parked = fields.parked_domain ?? false
      const chosen = await chooseTags(tx, owner.id, fields)
      const policy = fields.mta_sts_policy
      const faults = [
        ...(policy ? policyFaults(policy, 'domain.mta_sts_policy') : []),
        ...(await quotaFaults(tx, owner, parked)),
        ...chosen.faults,
      ]
      if (faults.length > 0) throw refused(faults)

      const at = now()
      const id = await insertDomain(tx, {
        user_id: owner.id,
        address,
        rua_report: flag(fields.rua_report),
        ruf_report: flag(fields.ruf_report),
        mta_sts_report: fields.mta_sts_report === undefined ? null : flag(fields.mta_sts_report),
        parked_domain: flag(parked),
        parked_domain_credits: parked ? planOf(owner.plan).parkedCredits : null,
        hosted_dmarc: 0,
        hosted_mta_sts: 0,
        mta_sts_mode: policy?.mode ?? null,
        mta_sts_mx: policy?.mx ?? null,
        mta_sts_mx_age: policy?.mx_age ?? null,
        report_id: newReportId(random),
        dmarc_status: 'dmarc_inactive',
        mta_sts_status: 'mta_sts_inactive',
        created_at: at,
        updated_at: at,
        ...managedByColumns(fields.managed_by ?? null),
      })
      const taken = (slug: string) => slugIsTaken(tx, account.id, slug)
      const slug = await freeSlug(domainSlug(address), taken, () => newSlugSuffix(random))
      await addDomainMembership(tx, { accountId: account.id, domainId: id, address, slug, now: at })
      await createHosting(tx, { key: newHostingKey(random), domainId: id, address })
      await setDomainTags(tx, id, chosen.ids ?? [])
      await keepCreated(tx, creation, id)
      const [view] = await domainViews(tx, { accountIds: [account.id], reference: String(id) })
      if (!view) throw new Error(`domain ${id} was inserted and cannot be read back`)
      await audit(tx, { ...auditedDomain(view), before: null, after: domainFields(view) })
      return domainAnswer(view, zone)
    })
  },
})

function addressOf(input: string): string {
  const parsed = parseDomainName(input)
  if (parsed.ok) return parsed.ascii
  throw refused([{ field: 'domain.address', code: 'address_invalid', message: parsed.finding.message }])
}

function duplicate(address: string, existing_id: number): Problem {
  const message = `${address} is already in this account, as domain ${existing_id}. Update that one, or delete it first.`
  return new Problem(409, message, [{ field: 'domain.address', code: 'address_taken', message, existing_id }])
}
