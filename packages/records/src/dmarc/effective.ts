import {
  comparePolicies,
  type DmarcEffective,
  type DmarcForRfc7489,
  type DmarcOutcome,
  type DmarcPolicy,
  type DmarcTags,
} from './tags.ts'

/** What a record's policy tags came to: understood, missing, or present and wrong. */
export interface PolicyState {
  readonly pMissing: boolean
  readonly spInvalid: boolean
  readonly npInvalid: boolean
}

/** RFC 9989 4.10.1: a missing or bad `p`, or a bad `sp` or `np`, acts as none where `rua` is usable, else voids the record. */
export function dmarcOutcome(tags: DmarcTags, { spInvalid, npInvalid }: PolicyState): DmarcOutcome {
  return outcomeOf(tags, spInvalid || npInvalid)
}

function outcomeOf(tags: DmarcTags, invalid: boolean): DmarcOutcome {
  if (tags.p !== undefined && !invalid) return 'policy'
  return tags.rua?.length ? 'as-none' : 'ignored'
}

/** Values after defaults. With outcome `as-none` every policy is none; where the record is ignored nothing holds: null. */
export function effectiveDmarc(tags: DmarcTags, outcome: DmarcOutcome): DmarcEffective | null {
  if (outcome === 'ignored') return null
  const p = outcome === 'policy' ? (tags.p ?? 'none') : 'none'
  const sp = outcome === 'policy' ? (tags.sp ?? p) : 'none'
  const np = outcome === 'policy' ? (tags.np ?? sp) : 'none'
  const t = tags.t ?? 'n'
  return {
    p,
    sp,
    np,
    adkim: tags.adkim ?? 'r',
    aspf: tags.aspf ?? 'r',
    fo: tags.ruf?.length ? (tags.fo ?? '0') : '0',
    rua: tags.rua ?? [],
    ruf: tags.ruf ?? [],
    t,
    psd: tags.psd ?? 'u',
    applied: t === 'y' ? { p: oneLevelLower(p), sp: oneLevelLower(sp), np: oneLevelLower(np) } : { p, sp, np },
  }
}

/** RFC 7489 6.6.3 step 6 is the same rule without `np`, which that reader does not know; `t` neither. */
export function dmarcForRfc7489(tags: DmarcTags, state: PolicyState): DmarcForRfc7489 {
  const outcome = outcomeOf(tags, state.spInvalid)
  if (outcome === 'ignored') return { outcome, effective: null }
  const p = outcome === 'policy' ? (tags.p ?? 'none') : 'none'
  const sp = outcome === 'policy' ? (tags.sp ?? p) : 'none'
  return { outcome, effective: { p, sp, pct: tags.pct ?? 100 } }
}

/** What test mode makes of a policy (RFC 9989 4.7 t). */
export function oneLevelLower(policy: DmarcPolicy): DmarcPolicy {
  return comparePolicies(policy, 'reject') === 0 ? 'quarantine' : 'none'
}
