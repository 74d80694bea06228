import { isDeepStrictEqual } from 'node:util'
import { setEvidenceGate } from '../../reports/report-domain.ts'
import { changedSettings, type DomainFacts } from '../../rules/domain-settings.ts'
import { hostingEffect } from '../../rules/hosting-effect.ts'
import { hostingStart, requireSomethingToTakeOver } from '../../rules/hosting-start.ts'
import { planOf } from '../../rules/plans.ts'
import { refused } from '../../rules/problem.ts'
import { reportAddresses } from '../../rules/report-addresses.ts'
import type { HostedZone } from '../../rules/zone-records.ts'
import { type DomainView, domainViews, raiseSettingsVersion } from '../../store/domains.ts'
import { settingsOf } from '../../store/settings.ts'
import { setDomainTags } from '../../store/tags.ts'
import { findUser, lockUser, type User } from '../../store/users.ts'
import { recordObservations } from '../../store/verifications.ts'
import { domainOf } from '../access.ts'
import { auditedDomain, domainFields } from '../audited.ts'
import { chooseTags } from '../choose-tags.ts'
import { domainAnswer } from '../domain-answer.ts'
import { requireEvidence } from '../evidence-gate.ts'
import { hostingOutlook } from '../hosting-outlook.ts'
import { requireVersion } from '../if-match.ts'
import { route } from '../route.ts'
import { saveSettings } from '../save-settings.ts'
import { consentObservations } from '../weakening-consent.ts'

export const updateDomain = route('updateDomain', {
  privilege: 'write',
  description:
    'A partial update. Hosted MTA-STS requires `mta_sts_report` and is refused for parked domains; without a stored policy it begins with the live policy file, else with mode testing and the MX records of the domain. A custom record must contain the addresses of this server for the reports that `rua_report` and `ruf_report` ask for; a record that is hosted already gets them when a report is switched on. `take_over_current` beside `hosted_dmarc: true` or `hosted_mta_sts: true` hosts what is live, also where the service is hosted already and the CNAME does not lead here yet; `taken_over` says what was kept. `effect` says what the change does to mail. With `evidence_gate: "enforce"`, what tightens a policy without evidence is refused with 409; `accept_risk` gives the reason to change it nevertheless. `tag_ids` and `tag_names` together replace the tags.',
  async handle({ caller, params, body, ifMatch, audit }, context) {
    const { store, zone, now } = context
    const { tag_ids, tag_names, take_over_current, allow_weaker, evidence_gate, accept_risk, ...change } = body.domain
    const takeOver = take_over_current ?? false

    // What is live is looked up before the transaction, and only for a request that is valid.
    const seen = await domainOf(store.db, caller, params.account_id, params.id)
    const plan = await findUser(store.db, seen.domain.user_id)
    requireVersion(ifMatch, seen.domain.address, seen.domain.settings_version)
    if (takeOver) requireSomethingToTakeOver(change)
    const settings = settingsOf(seen.domain)
    if (plan) changedSettings(settings, change, factsOf(seen.domain, plan, zone))
    const outlook = await hostingOutlook(context, caller, seen.domain, settings, change, takeOver)

    const answer = await store.transaction(async (tx) => {
      const found = await domainOf(tx, caller, params.account_id, params.id)
      const owner = await lockUser(tx, store.engine, found.domain.user_id)
      // Read again under the lock, so that concurrent updates do not overwrite each other's fields.
      const { account, domain } = await domainOf(tx, caller, params.account_id, String(found.domain.id))
      requireVersion(ifMatch, domain.address, domain.settings_version)

      const chosen = await chooseTags(tx, owner.id, { tag_ids, tag_names })
      if (chosen.faults.length > 0) throw refused(chosen.faults)
      const before = settingsOf(domain)
      const facts = factsOf(domain, owner, zone)
      const start = hostingStart(before, change, takeOver, facts, outlook)
      const after = changedSettings(before, start.change, facts)
      const effect = hostingEffect(before, after, facts, outlook)
      const tags = chosen.ids && !isSameSet(chosen.ids, domain.tags) ? chosen.ids : undefined
      if (tags) await setDomainTags(tx, domain.id, tags)
      const risks = await requireEvidence(tx, {
        domain: { id: domain.id, ...facts },
        gates: [domain.evidence_gate ?? undefined, evidence_gate],
        effect,
        acceptRisk: accept_risk,
        now: now(),
      })
      const gate = evidence_gate !== (domain.evidence_gate ?? 'off') ? evidence_gate : undefined
      if (gate) await setEvidenceGate(tx, store.engine, domain.id, gate)
      if ((tags || gate) && isDeepStrictEqual(before, after)) await raiseSettingsVersion(tx, domain)
      await saveSettings(tx, context, domain, before, after)
      await recordObservations(tx, domain.id, [...consentObservations(effect, allow_weaker, now()), ...risks])
      const [view] = await domainViews(tx, { accountIds: [account.id], reference: String(domain.id) })
      if (!view) throw new Error(`domain ${domain.id} was updated and cannot be read back`)
      const consent = {
        ...(allow_weaker !== undefined && { allow_weaker }),
        ...(accept_risk !== undefined && { accept_risk }),
      }
      await audit(tx, {
        ...auditedDomain(domain),
        before: domainFields(domain),
        after: { ...domainFields(view), ...consent },
      })
      return {
        ...domainAnswer(view, zone),
        ...(start.takenOver && { taken_over: start.takenOver }),
        ...(effect && { effect }),
      }
    })
    context.wakePublisher()
    return answer
  },
})

const factsOf = (domain: DomainView, owner: User, zone: HostedZone): DomainFacts => ({
  address: domain.address,
  parked: domain.parked_domain === 1,
  plan: planOf(owner.plan),
  addresses: reportAddresses(domain.report_id, zone.reportHost),
})

const isSameSet = (ids: readonly number[], tags: readonly { id: number }[]): boolean =>
  ids.length === tags.length && tags.every(({ id }) => ids.includes(id))
