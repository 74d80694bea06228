import type { ParsedDmarc } from '../dmarc/parse.ts'
import { type Alignment, comparePolicies, type DmarcPolicy } from '../dmarc/tags.ts'
import type { EffectReason } from '../reasons/catalogue.ts'
import { type AddressChange, addressChange, compareAddresses } from './addresses.ts'
import { combined, type EffectAspect, type EffectChange, type EffectGrade, gradeOf, gradeOfVectors } from './grade.ts'

/** What receivers find for a domain. */
export interface DmarcSituation {
  /**
   * The one record at `_dmarc` of the domain, wherever it comes from (through a CNAME, from a wildcard); null where there is
   * none, or several, which receivers treat as none (RFC 9989 section 4.10).
   */
  readonly own: ParsedDmarc | null
  /** The record of the parent that applies where the domain has none of its own, by tree walk; its `sp` and `np` count. */
  readonly inherited?: ParsedDmarc | null
}

/** The policy that receivers apply to one group of names. */
export interface EffectivePolicy {
  /** What receivers that follow RFC 9989 do to failing mail; one level lower in test mode. `none` without a record. */
  readonly applied: DmarcPolicy
  /** What receivers that follow RFC 7489 do: its policy, and the percentage of failing mail it is applied to. */
  readonly rfc7489: { readonly policy: DmarcPolicy; readonly percent: number }
}

/** Everything that holds for a domain, whether from its own record or from its parent's. */
export interface DmarcInForce {
  /** The domain itself. */
  readonly domain: EffectivePolicy
  /** Existing subdomains. */
  readonly subdomains: EffectivePolicy
  /** Subdomains that do not exist. */
  readonly nonExistent: EffectivePolicy
  /** DKIM alignment. */
  readonly adkim: Alignment
  /** SPF alignment. */
  readonly aspf: Alignment
  /**
   * What the domain's own record says of the organisational domain: `y`, the names below it are organisations of their own; `n`, it
   * is one itself; `u`, the tree walk decides.
   */
  readonly psd: 'y' | 'n' | 'u'
  /** Where aggregate reports go; canonical URIs. */
  readonly rua: readonly string[]
  /** Where failure reports go; canonical URIs. */
  readonly ruf: readonly string[]
  /** When failure reports are sent, such as `1:d`; `0` without `ruf`. */
  readonly fo: string
}

/** What a change of DMARC does to mail. */
export interface DmarcEffect {
  /** Over all aspects. `weaker` and `incomparable` both take something away; `weakens` says so. */
  readonly grade: EffectGrade
  /** Something becomes weaker: a policy, alignment, or a report address or an occasion of failure reports is lost. */
  readonly weakens: boolean
  /** The change needs a reason in words (`parseConsent`): everything that weakens, but for fewer occasions of failure reports. */
  readonly needsConsent: boolean
  /** What holds before the change. */
  readonly before: DmarcInForce
  /** What holds after it. */
  readonly after: DmarcInForce
  /** Report addresses (`rua` and `ruf`), as canonical URIs. */
  readonly reports: AddressChange
  /** Only what changes, policies first. */
  readonly changes: readonly EffectChange[]
}

/** What holds for a domain in a situation (RFC 9989 section 4.10.1). */
export function dmarcInForce({ own, inherited }: DmarcSituation): DmarcInForce {
  // A record that receivers ignore still is the domain's own: the walk does not go on past it.
  const record = own ?? inherited ?? null
  const effective = record?.effective
  const old = record?.rfc7489.effective
  const percent = old?.pct ?? 100
  const policy = (applied: DmarcPolicy, tag: 'p' | 'sp'): EffectivePolicy => ({
    applied,
    rfc7489: { policy: old?.[tag] ?? 'none', percent },
  })
  // Older receivers obey what RFC 9989 has voided, such as a record whose `np` is wrong.
  const { p, sp, np } = effective?.applied ?? { p: 'none', sp: 'none', np: 'none' }
  const subdomains = policy(sp, 'sp')
  return {
    domain: own ? policy(p, 'p') : subdomains,
    subdomains,
    nonExistent: policy(np, 'sp'),
    adkim: effective?.adkim ?? 'r',
    aspf: effective?.aspf ?? 'r',
    // That of a parent describes the parent.
    psd: (own ? effective?.psd : undefined) ?? 'u',
    rua: effective?.rua ?? [],
    ruf: effective?.ruf ?? [],
    fo: effective?.fo ?? '0',
  }
}

/**
 * What a change does to mail: the policy for the domain, its subdomains and names that do not exist, alignment, and report
 * addresses, before and after. A partial order: antisymmetric, and transitive where comparable.
 *
 * @example
 * compareDmarc({ own: parseDmarc('v=DMARC1; p=reject') }, { own: parseDmarc('v=DMARC1; p=none') }).grade // weaker
 */
export function compareDmarc(before: DmarcSituation, after: DmarcSituation): DmarcEffect {
  const [from, to] = [dmarcInForce(before), dmarcInForce(after)]
  const rua = compareAddresses(from.rua, to.rua)
  const ruf = compareAddresses(from.ruf, to.ruf)
  const changes = [
    policyChange('policy', from.domain, to.domain),
    policyChange('subdomain-policy', from.subdomains, to.subdomains),
    policyChange('nonexistent-policy', from.nonExistent, to.nonExistent),
    alignmentChange(from, to),
    addressChange('reports', rua),
    addressChange('failure-reports', ruf),
    occasionChange(from, to),
  ].filter((change) => change !== undefined)
  const isWeaker = ({ grade }: EffectChange) => grade !== 'stronger'
  const protecting = changes.filter(({ reason }) => !occasions.includes(reason))
  const graded = protecting.length > 0 ? protecting : changes
  return {
    grade: combined(graded.map((change) => change.grade)),
    weakens: graded.some(isWeaker),
    needsConsent: protecting.some(isWeaker),
    before: from,
    after: to,
    reports: { lost: [...rua.lost, ...ruf.lost], gained: [...rua.gained, ...ruf.gained] },
    changes,
  }
}

function policyChange(
  aspect: 'policy' | 'subdomain-policy' | 'nonexistent-policy',
  before: EffectivePolicy,
  after: EffectivePolicy,
): EffectChange | undefined {
  const grade = gradeOfVectors(strengths(before), strengths(after))
  if (grade === 'same') return undefined
  const reason: EffectReason = `${aspect}-${grade === 'incomparable' ? 'mixed' : grade}`
  return change(aspect, grade, reason, policyWords(before, after), policyWords(after, before))
}

/** By RFC 9989, and by RFC 7489 where `pct` lowers the policy by one level for the rest of the mail. */
function strengths({ applied, rfc7489 }: EffectivePolicy): number[] {
  const level = rank(rfc7489.policy)
  return [rank(applied), level === 0 ? 0 : level - 1 + rfc7489.percent / 100]
}

function rank(policy: DmarcPolicy): number {
  return comparePolicies(policy, 'none')
}

/** The policy, and what older receivers make of it where only that tells it from the other side. */
function policyWords(policy: EffectivePolicy, other: EffectivePolicy): string {
  const { applied, rfc7489 } = policy
  if (applied !== other.applied && rfc7489.policy === applied && rfc7489.percent === 100) return applied
  if (rfc7489.policy === applied && rfc7489.percent === 100) return `${applied} at every receiver`
  const part = rfc7489.percent === 100 ? '' : ` for ${rfc7489.percent} % of the mail`
  return `${applied} (${rfc7489.policy}${part} at receivers that follow RFC 7489)`
}

/** Occasions of failure reports are a matter of taste: always shown, never refused, and graded only where nothing else changes. */
const occasions: readonly EffectReason[] = [
  'failure-reports-fewer',
  'failure-reports-more',
  'failure-reports-otherwise',
]

/** When failure reports are sent, while they go somewhere before and after (RFC 9989 section 4.7 `fo`). */
function occasionChange(before: DmarcInForce, after: DmarcInForce): EffectChange | undefined {
  if (before.ruf.length === 0 || after.ruf.length === 0) return undefined
  const [from, to] = [before.fo.split(':'), after.fo.split(':')]
  // Where any failed mechanism is an occasion, so is the failure of all.
  const covers = (those: readonly string[], these: readonly string[]): boolean =>
    these.every((option) => those.includes(option) || (option === '0' && those.includes('1')))
  const grade = gradeOf(covers(to, from), covers(from, to))
  if (grade === 'same') return undefined
  const how = { stronger: 'more', weaker: 'fewer', incomparable: 'otherwise' } as const
  return change('failure-reports', grade, `failure-reports-${how[grade]}`, `fo=${before.fo}`, `fo=${after.fo}`)
}

function alignmentChange(before: DmarcInForce, after: DmarcInForce): EffectChange | undefined {
  const strictness = ({ adkim, aspf, psd }: DmarcInForce): number[] => [
    Number(adkim === 's'),
    Number(aspf === 's'),
    // The narrower the organisation, the fewer names are aligned.
    ['u', 'n', 'y'].indexOf(psd),
  ]
  const grade = gradeOfVectors(strictness(before), strictness(after))
  if (grade === 'same') return undefined
  const reason = {
    stronger: 'alignment-tightened',
    weaker: 'alignment-loosened',
    incomparable: 'alignment-mixed',
  } as const
  const bounds = before.psd !== after.psd
  const words = ({ adkim, aspf, psd }: DmarcInForce): string =>
    `adkim=${adkim}, aspf=${aspf}${bounds ? `, psd=${psd}` : ''}`
  return change('alignment', grade, reason[grade], words(before), words(after))
}

function change(
  aspect: EffectAspect,
  grade: EffectChange['grade'],
  reason: EffectReason,
  before: string,
  after: string,
): EffectChange {
  return { aspect, grade, reason, before, after }
}
