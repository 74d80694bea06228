import type { EffectReason } from '../reasons/catalogue.ts'

/** How what holds after a change compares with what held before. */
export type EffectGrade = 'stronger' | 'same' | 'weaker' | 'incomparable'

/** What of mail authentication a change touches. */
export type EffectAspect =
  | 'policy'
  | 'subdomain-policy'
  | 'nonexistent-policy'
  | 'alignment'
  | 'reports'
  | 'failure-reports'
  | 'tls-reports'
  | 'mode'
  | 'mx'
  | 'max-age'

/** One aspect that changes, with its reason from the catalogue (`reasonText('effect', reason, { before, after })`). */
export interface EffectChange {
  /** What changes. */
  readonly aspect: EffectAspect
  /** How it compares with before. */
  readonly grade: Exclude<EffectGrade, 'same'>
  /** Its reason in the catalogue, subject `effect`. */
  readonly reason: EffectReason
  /** What held before and holds after, in words that fit behind "goes from" and "to". */
  readonly before: string
  /** What holds after, in words. */
  readonly after: string
}

/** An aspect compares in a partial order: one side at least as strong in all, in none, or each in some. */
export function gradeOf(atLeastBefore: boolean, atMostBefore: boolean): EffectGrade {
  if (atLeastBefore) return atMostBefore ? 'same' : 'stronger'
  return atMostBefore ? 'weaker' : 'incomparable'
}

/** The grade over several aspects: stronger or weaker only where none of them says otherwise. */
export function combined(grades: readonly EffectGrade[]): EffectGrade {
  const some = (grade: EffectGrade): boolean => grades.includes(grade)
  if (some('incomparable')) return 'incomparable'
  return gradeOf(!some('weaker'), !some('stronger'))
}

/** Numbers, each the stronger the larger. */
export function gradeOfVectors(before: readonly number[], after: readonly number[]): EffectGrade {
  return gradeOf(
    after.every((value, index) => value >= (before[index] ?? 0)),
    after.every((value, index) => value <= (before[index] ?? 0)),
  )
}
