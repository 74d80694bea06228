import { mtaStsMxMatches } from '../mta-sts/mx-match.ts'
import type { ParsedMtaStsPolicy } from '../mta-sts/policy.ts'
import type { MtaStsMode } from '../mta-sts/tags.ts'
import { combined, type EffectChange, type EffectGrade, gradeOf, gradeOfVectors } from './grade.ts'

/** The policy that senders find; null where there is none: no record, no policy file, or one they cannot use. */
export type MtaStsSituation = ParsedMtaStsPolicy | null

/** What a change of MTA-STS does to mail. */
export interface MtaStsEffect {
  /** Over all aspects, as in `DmarcEffect`. */
  readonly grade: EffectGrade
  /** Something becomes weaker: the mode, the hosts that are allowed, or how long senders remember the policy. */
  readonly weakens: boolean
  /**
   * The change needs a reason in words (`parseConsent`): the mode becomes weaker, and no policy at all counts as mode `none`.
   * Other hosts and lifetimes are shown, not refused: mail servers move in the ordinary course of things.
   */
  readonly needsConsent: boolean
  /** The mode in force; `none` without a usable policy. */
  readonly mode: { readonly before: MtaStsMode; readonly after: MtaStsMode }
  /** Only what changes, the mode first. */
  readonly changes: readonly EffectChange[]
}

const modeRank: Readonly<Record<MtaStsMode, number>> = { none: 0, testing: 1, enforce: 2 }

/** What holds: without a usable policy every host is allowed, which is mode `none`. */
interface InForce {
  readonly mode: MtaStsMode
  /** Undefined: every host. */
  readonly mx: readonly string[] | undefined
  /** Seconds. */
  readonly maxAge: number
}

/** What a change of the MTA-STS policy does to mail (RFC 8461). A partial order, as `compareDmarc`. */
export function compareMtaSts(before: MtaStsSituation, after: MtaStsSituation): MtaStsEffect {
  const [from, to] = [inForce(before), inForce(after)]
  const changes = [modeChange(from, to), mxChange(from, to), ageChange(from, to)].filter((one) => one !== undefined)
  return {
    grade: combined(changes.map((change) => change.grade)),
    weakens: changes.some((change) => change.grade !== 'stronger'),
    needsConsent: modeRank[to.mode] < modeRank[from.mode],
    mode: { before: from.mode, after: to.mode },
    changes,
  }
}

function inForce(policy: MtaStsSituation): InForce {
  const mode = policy?.ok ? (policy.tags.mode ?? 'none') : 'none'
  if (!policy || mode === 'none') return { mode: 'none', mx: undefined, maxAge: 0 }
  return { mode, mx: policy.tags.mx, maxAge: policy.tags.max_age ?? 0 }
}

function modeChange(before: InForce, after: InForce): EffectChange | undefined {
  const grade = gradeOfVectors([modeRank[before.mode]], [modeRank[after.mode]])
  if (grade !== 'stronger' && grade !== 'weaker') return undefined
  return { aspect: 'mode', grade, reason: `mode-${grade}`, before: before.mode, after: after.mode }
}

function mxChange(before: InForce, after: InForce): EffectChange | undefined {
  const [removed, added] = [notCovered(before.mx, after.mx), notCovered(after.mx, before.mx)]
  const grade = gradeOf(added.length === 0, removed.length === 0)
  if (grade === 'same') return undefined
  const reason = { stronger: 'mx-removed', weaker: 'mx-added', incomparable: 'mx-replaced' } as const
  const words = (hosts: readonly string[]): string => (hosts.length === 0 ? 'no host' : hosts.join(', '))
  return { aspect: 'mx', grade, reason: reason[grade], before: words(removed), after: words(added) }
}

/** What `these` allow and `those` do not. `every host` stands for a policy that allows all. */
function notCovered(these: readonly string[] | undefined, those: readonly string[] | undefined): string[] {
  if (those === undefined) return []
  if (these === undefined) return ['every host']
  return these.filter((pattern) => !those.some((other) => covers(other, pattern)))
}

/** Whether every host that `pattern` allows is allowed by `other` as well. */
function covers(other: string, pattern: string): boolean {
  return other === pattern || (!pattern.startsWith('*.') && mtaStsMxMatches(other, pattern))
}

function ageChange(before: InForce, after: InForce): EffectChange | undefined {
  const grade = gradeOfVectors([before.maxAge], [after.maxAge])
  if (grade !== 'stronger' && grade !== 'weaker') return undefined
  const reason = grade === 'weaker' ? 'max-age-shorter' : 'max-age-longer'
  return { aspect: 'max-age', grade, reason, before: duration(before.maxAge), after: duration(after.maxAge) }
}

function duration(seconds: number): string {
  const days = seconds / 86_400
  return Number.isInteger(days) ? `${days} ${days === 1 ? 'day' : 'days'}` : `${seconds} seconds`
}
