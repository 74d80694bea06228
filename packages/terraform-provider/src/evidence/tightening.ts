import type { EvidenceTarget } from '@dmarc-as-code/client/reports'
import type { PlanEffect } from '@dmarc-as-code/dns/apply'
import {
  compareDmarc,
  compareMtaSts,
  comparePolicies,
  type DmarcEffect,
  type DmarcInForce,
  type MtaStsEffect,
  parseDmarc,
  parseMtaStsPolicy,
} from '@dmarc-as-code/records'

/** One policy that is published anew. */
export interface PolicyChange {
  readonly policy: 'dmarc' | 'mta-sts'
  /** What is published now, as far as the state says; null for nothing. */
  readonly published: string | null
  /** What will be published; null for nothing. */
  readonly expected: string | null
  /** What that does to what is live; undefined where no policy holds before and after. */
  readonly effect: PlanEffect | undefined
}

/**
 * The level to which a change tightens a policy; undefined where it does not. By what is live; where that cannot be read, by what
 * was published. The policy for names that do not exist needs no evidence: nobody sends from them.
 */
export function tightenedTo({ policy, published, expected, effect }: PolicyChange): EvidenceTarget | undefined {
  if (expected === null || effect === undefined) return undefined
  if (policy === 'mta-sts') {
    const comparison = (effect.comparison as MtaStsEffect | null) ?? compareMtaSts(file(published), file(expected))
    return comparison.mode.after === 'enforce' && comparison.mode.before !== 'enforce' ? 'mta_sts_enforce' : undefined
  }
  const comparison = (effect.comparison as DmarcEffect | null) ?? compareDmarc(record(published), record(expected))
  const { before, after } = comparison
  const raised = (['domain', 'subdomains'] as const).flatMap((names) =>
    isRaised(before[names], after[names]) ? [after[names].applied] : [],
  )
  if (raised.length === 0) return undefined
  return raised.includes('reject') ? 'reject' : 'quarantine'
}

/** In test mode the level below counts (RFC 9989); a larger part of the mail is no other level. */
const isRaised = (before: DmarcInForce['domain'], after: DmarcInForce['domain']) =>
  comparePolicies(after.applied, before.applied) > 0

const record = (text: string | null) => ({ own: text === null ? null : parseDmarc(text) })
const file = (text: string | null) => (text === null ? null : parseMtaStsPolicy(text))
