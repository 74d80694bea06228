import { changedSettings } from '../../rules/domain-settings.ts'
import { generateDmarcRecord as generate } from '../../rules/generate-record.ts'
import { maxRecordLength } from '../../rules/hosted-config.ts'
import { hostingEffect } from '../../rules/hosting-effect.ts'
import { planOf } from '../../rules/plans.ts'
import { refused } from '../../rules/problem.ts'
import { reportAddresses } from '../../rules/report-addresses.ts'
import { settingsOf } from '../../store/settings.ts'
import type { Caller } from '../../store/tokens.ts'
import { lockUser } from '../../store/users.ts'
import { recordObservations } from '../../store/verifications.ts'
import { domainOf } from '../access.ts'
import type { Audit } from '../audit.ts'
import { auditedDomain } from '../audited.ts'
import { requirePrivilege } from '../authenticate.ts'
import type { ApiContext } from '../context.ts'
import { requireEvidence } from '../evidence-gate.ts'
import { requireVersion } from '../if-match.ts'
import { route } from '../route.ts'
import { saveSettings } from '../save-settings.ts'

export const generateDmarcRecord = route('generateDmarcRecord', {
  privilege: 'read',
  description:
    'Includes the report addresses of this server that `rua_report` and `ruf_report` ask for. With `publish`, the record replaces the hosted one; that needs the privilege `write`, and hosted DMARC must be on.',
  async handle({ caller, params, body, ifMatch, audit }, context) {
    const { store, zone } = context
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const { record, warnings } = generate(body, reportAddresses(domain.report_id, zone.reportHost), settingsOf(domain))
    const publish = body.publish ?? false
    if (publish) {
      requirePrivilege(caller, 'write')
      await publishRecord(record, { acceptRisk: body.accept_risk, caller, params, ifMatch, audit }, context)
    }
    return {
      dmarc_record: record,
      record_length: record.length,
      max_length: maxRecordLength,
      published: publish,
      warnings,
    }
  },
})

/** Follows the same rules as an update. */
async function publishRecord(
  record: string,
  {
    acceptRisk,
    caller,
    params,
    ifMatch,
    audit,
  }: {
    acceptRisk: string | undefined
    caller: Caller
    params: { account_id: string; domain_id: string }
    ifMatch: readonly string[] | undefined
    audit: Audit
  },
  context: ApiContext,
): Promise<void> {
  const { store, zone } = context
  await store.transaction(async (tx) => {
    const found = await domainOf(tx, caller, params.account_id, params.domain_id)
    const owner = await lockUser(tx, store.engine, found.domain.user_id)
    const { domain } = await domainOf(tx, caller, params.account_id, String(found.domain.id))
    requireVersion(ifMatch, domain.address, domain.settings_version)
    const before = settingsOf(domain)
    if (!before.hosted_dmarc) {
      const message = 'Hosted DMARC is off, so the record cannot be published. Switch it on first, or omit publish.'
      throw refused([{ field: 'publish', code: 'hosted_dmarc_off', message }])
    }
    const facts = {
      address: domain.address,
      parked: domain.parked_domain === 1,
      plan: planOf(owner.plan),
      addresses: reportAddresses(domain.report_id, zone.reportHost),
    }
    const after = changedSettings(before, { hosted_dmarc_config: record }, facts)
    const risks = await requireEvidence(tx, {
      domain: { id: domain.id, ...facts },
      gates: [domain.evidence_gate ?? undefined],
      effect: hostingEffect(before, after, facts, {}),
      acceptRisk,
      now: context.now(),
    })
    await saveSettings(tx, context, domain, before, after)
    await recordObservations(tx, domain.id, risks)
    await audit(tx, { ...auditedDomain(domain), before: { ...before }, after: { ...after } })
  })
  context.wakePublisher()
}
