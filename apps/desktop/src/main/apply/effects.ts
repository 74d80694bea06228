import type { ExpectedTexts, MailView, Plan } from '@dmarc-as-code/dns/apply'
import type { DmarcEffect, MtaStsEffect, TlsRptEffect } from '@dmarc-as-code/records'
import type { DmarcPlan } from '../../shared/apply.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { policyFile } from '../../shared/publishing.ts'
import { takenOverRecord } from './take-over.ts'

/** What the service answers behind the targets: it publishes a moment after the CNAMEs are there. */
export function expectedTexts({ records, dmarcRecord, mtaSts }: DomainSummary): ExpectedTexts {
  const texts = records.flatMap(({ kind, name, expected }): [string, string][] => {
    if (expected === undefined) return []
    if (kind === 'dmarc' && dmarcRecord) return [[name, dmarcRecord]]
    const policy = kind === 'mta_sts_policy' && mtaSts ? policyFile(mtaSts) : undefined
    return policy === undefined ? [] : [[name, policy]]
  })
  return Object.fromEntries(texts)
}

/** What the plan does to the DMARC record; undefined where it is not part of the plan, null where it is unknown. */
export function dmarcEffectOf(plan: Plan): DmarcEffect | null | undefined {
  const effect = dmarcItemEffect(plan)
  return effect && (effect.comparison as DmarcEffect | null)
}

/** What the plan does to the MTA-STS policy; undefined where it is not part of the plan, null where it is unknown. */
export function mtaStsEffectOf({ items }: Plan): MtaStsEffect | null | undefined {
  const effect = items.find((item) => item.effect?.policy === 'mta-sts')?.effect
  return effect && (effect.comparison as MtaStsEffect | null)
}

/** The same for the TLS-RPT record. */
export function tlsRptEffectOf({ items }: Plan): TlsRptEffect | null | undefined {
  const effect = items.find((item) => item.effect?.policy === 'tls-rpt')?.effect
  return effect && (effect.comparison as TlsRptEffect | null)
}

/**
 * What the plan does to DMARC as hosted, and, where that weakens what is live, with a hosted record that keeps it. `again`
 * makes the same plan with other hosted records.
 */
export async function dmarcPlanOf(
  domain: DomainSummary,
  plan: Plan,
  view: MailView,
  again: (expected: ExpectedTexts) => Promise<Plan>,
): Promise<DmarcPlan | undefined> {
  const found = dmarcItemEffect(plan)
  if (!found) return undefined
  const hosted = found.comparison as DmarcEffect | null
  const live = found.before.text ?? undefined
  const shown = { hosted, ...(live === undefined ? {} : { live }) }
  if (!hosted?.weakens || live === undefined) return shown
  const record = await takenOverRecord(live, domain, view)
  if (record === undefined) return shown
  const kept = dmarcItemEffect(await again({ ...expectedTexts(domain), [nameOf(domain)]: record }))
  const effect = kept?.comparison as DmarcEffect | null | undefined
  return effect && !effect.needsConsent ? { ...shown, takeOver: { record, effect } } : shown
}

function dmarcItemEffect({ items }: Plan) {
  return items.find((item) => item.effect?.policy === 'dmarc')?.effect
}

function nameOf({ records, address }: DomainSummary): string {
  return records.find(({ kind }) => kind === 'dmarc')?.name ?? `_dmarc.${address}`
}
