import type { EffectReason } from '../reasons/catalogue.ts'
import { type EffectChange, gradeOf } from './grade.ts'

/** Report addresses that a change takes away and adds. */
export interface AddressChange {
  /** Canonical URIs. */
  readonly lost: readonly string[]
  /** Canonical URIs. */
  readonly gained: readonly string[]
}

/** Both lists hold canonical URIs, as parsers return them. Anyone's record can have thousands, so they are not compared pair by pair. */
export function compareAddresses(before: readonly string[], after: readonly string[]): AddressChange {
  const without = (these: readonly string[], those: readonly string[]): string[] => {
    const known = new Set(those)
    return these.filter((address) => !known.has(address))
  }
  return { lost: without(before, after), gained: without(after, before) }
}

/** The change of one list of addresses; undefined where it stays the same. */
export function addressChange(
  aspect: 'reports' | 'failure-reports' | 'tls-reports',
  { lost, gained }: AddressChange,
): EffectChange | undefined {
  const grade = gradeOf(lost.length === 0, gained.length === 0)
  if (grade === 'same') return undefined
  const how = { stronger: 'gained', weaker: 'lost', incomparable: 'moved' } as const
  const reason: EffectReason = `${aspect}-${how[grade]}`
  return { aspect, grade, reason, before: inWords(lost), after: inWords(gained) }
}

const shownAddresses = 10

/** For people: without the scheme of mail addresses. */
function inWords(uris: readonly string[]): string {
  if (uris.length === 0) return 'no address'
  const shown = uris.slice(0, shownAddresses).map((uri) => uri.replace(/^mailto:/i, ''))
  return uris.length > shownAddresses
    ? `${shown.join(', ')} and ${uris.length - shownAddresses} more`
    : shown.join(', ')
}
