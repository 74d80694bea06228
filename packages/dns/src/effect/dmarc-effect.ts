import { compareDmarc, type DmarcSituation, discoverDmarc, type ParsedDmarc, selectDmarc } from '@dmarc-as-code/records'
import { DnsError } from '../errors.ts'
import { liveSource, liveTexts } from './live-name.ts'
import { comparedEffect, unknownEffect } from './plan-effect.ts'
import { type TextChange, textsAfter } from './text-change.ts'
import type { Found, InForce, MailView, PlanEffect } from './types.ts'

interface Side {
  found: InForce
  situation: DmarcSituation
}

/** What a change at `_dmarc` of a domain does to its mail, such as a CNAME; undefined where no policy holds now, nor is one known to come. */
export async function dmarcEffect(change: TextChange, view: MailView): Promise<PlanEffect | undefined> {
  const { domain, target, live, next } = change
  const seen = live ? await liveTexts(live, view) : await view.texts(`_dmarc.${domain}`)
  const before = await sideOf(domain, seen, liveSource(`_dmarc.${domain}`, live), view)
  const texts = await textsAfter(change, `_dmarc.${domain}`, view)
  const source = next ? liveSource(`_dmarc.${domain}`, next) : `TXT at ${target ?? `_dmarc.${domain}`}`
  const after = await sideOf(domain, texts, source, view)
  const base = { policy: 'dmarc', domain } as const
  if ('unknown' in before) return unknownEffect(base, before, after)
  if ('unknown' in after) return before.value.found.text === null ? undefined : unknownEffect(base, before, after)
  const [from, to] = [before.value, after.value]
  return comparedEffect(base, from.found, to.found, compareDmarc(from.situation, to.situation))
}

/** What holds when these texts stand at `_dmarc` of the domain: its own record, else the parent's by tree walk. */
async function sideOf(
  domain: string,
  texts: Found<readonly string[]>,
  source: string,
  view: MailView,
): Promise<Found<Side>> {
  if ('unknown' in texts) return texts
  const own = selectDmarc(texts.value)
  if (own.record) return { value: { found: { text: own.record.text, source }, situation: { own: own.record } } }
  const several = own.found === 'several' ? `Several records (${source}), which count as none` : undefined
  const inherited = await parentsRecord(domain, view)
  if ('unknown' in inherited) return inherited
  const { record, parent } = inherited.value
  const nothing = several ?? 'no record'
  return {
    value: {
      found: record
        ? { text: record.text, source: `the record of ${parent}, which ${domain} inherits` }
        : { text: null, source: nothing },
      situation: { own: null, inherited: record },
    },
  }
}

class NotKnownError extends DnsError {
  override name = 'NotKnownError'
}

/** The record that a domain without one of its own inherits (RFC 9989 section 4.10). */
async function parentsRecord(
  domain: string,
  view: MailView,
): Promise<Found<{ record: ParsedDmarc | null; parent: string | null }>> {
  try {
    const { record, policyDomain, uncertain } = await discoverDmarc(domain, async (name) => {
      // Where only stub zones are asked, there is nothing beyond them.
      if (name === `_dmarc.${domain}` || !view.reaches(name)) return []
      const found = await view.texts(name)
      if ('unknown' in found) throw new NotKnownError(found.unknown)
      return found.value
    })
    // A record higher up, which could not be asked for, may count instead.
    if (uncertain) throw uncertain.cause
    return { value: { record, parent: policyDomain } }
  } catch (error) {
    if (error instanceof NotKnownError) return { unknown: error.message }
    throw error
  }
}
