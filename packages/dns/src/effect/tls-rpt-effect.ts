import { compareTlsRpt, hostedNames, selectTlsRpt, type TlsRptSituation } from '@dmarc-as-code/records'
import { liveSource, liveTexts } from './live-name.ts'
import { comparedEffect, unknownEffect } from './plan-effect.ts'
import { type TextChange, textsAfter } from './text-change.ts'
import type { Found, InForce, MailView, PlanEffect } from './types.ts'

interface Side {
  found: InForce
  situation: TlsRptSituation
}

/**
 * What a change at `_smtp._tls` of a domain does to its TLS reports, such as a CNAME; undefined where no reports are asked for
 * now. That reports begin is no effect on mail: no plan is to be called stronger for it.
 */
export async function tlsRptEffect(change: TextChange, view: MailView): Promise<PlanEffect | undefined> {
  const { domain, target, live, next } = change
  const name = hostedNames(domain).tls_rpt
  const seen = live ? await liveTexts(live, view) : await view.texts(name)
  const before = sideOf(seen, liveSource(name, live))
  if ('value' in before && !(before.value.situation?.tags.rua?.length ?? 0)) return undefined
  const texts = await textsAfter(change, name, view)
  const after = sideOf(texts, next ? liveSource(name, next) : `TXT at ${target ?? name}`)
  const base = { policy: 'tls-rpt', domain } as const
  if ('unknown' in before || 'unknown' in after) return unknownEffect(base, before, after)
  const [from, to] = [before.value, after.value]
  return comparedEffect(base, from.found, to.found, compareTlsRpt(from.situation, to.situation))
}

function sideOf(texts: Found<readonly string[]>, source: string): Found<Side> {
  if ('unknown' in texts) return texts
  const { record, found } = selectTlsRpt(texts.value)
  if (record) return { value: { found: { text: record.text, source }, situation: record } }
  const nothing = found === 'several' ? `Several records (${source}), which count as none` : 'no record'
  return { value: { found: { text: null, source: nothing }, situation: null } }
}
