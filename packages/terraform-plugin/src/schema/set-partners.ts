import { isObject, type Raw, type RawObject } from '../encoding/raw.ts'
import { agreement, type Comparison, comparisonsFor, exactly, keyWithout, openIn } from './agreement.ts'
import { assign, type Candidates } from './assign.ts'
import { groupsOf } from './same-value.ts'
import type { FieldSpecs } from './spec.ts'
import { withoutRivals } from './unknown-rivals.ts'

/** What belongs to an element of a plan: the place of the one the user wrote, and the stored one. */
interface Partners {
  readonly config: number | undefined
  readonly prior: RawObject | null
}

/**
 * Finds what belongs together in a set, whose elements have no index: elements agree when all the user wrote, however deep, is the
 * same. `written` has its defaults filled in, so that one which leaves a default out is not taken for one that sets another value.
 * Where several agree, the one of which the user wrote most is meant. What is spelled differently and means the same by `sameAs`
 * belongs together too, where nothing agrees letter by letter.
 */
export function setPartners(
  fields: FieldSpecs,
  written: readonly Raw[],
  priors: readonly Raw[],
  elements: readonly Raw[],
  /** Whether an element that agrees with what the user wrote at its place is meant by it, as in a list. */
  inPlace: boolean,
): readonly Partners[] {
  const stored = withoutRivals(fields, written, priors, pairElements(fields, written, priors))
  const configs = configsOf(fields, written, elements, inPlace)
  return elements.map((_, index) => {
    const config = configs.get(index)
    const partner = config === undefined ? undefined : stored.get(config)
    const prior = partner === undefined ? null : (priors[partner] ?? null)
    return { config, prior: isObject(prior) ? prior : null }
  })
}

/** For each element of a plan, by its place, the place of what the user wrote. */
function configsOf(fields: FieldSpecs, written: readonly Raw[], elements: readonly Raw[], inPlace: boolean) {
  const comparisons = comparisonsFor(fields)
  const found = new Map<number, number>()
  if (inPlace) {
    for (const [index, element] of elements.entries()) {
      const here = written[index]
      const agrees = isObject(here) && comparisons.some((one) => agreement(fields, here, element, one) !== undefined)
      if (agrees) found.set(index, index)
    }
  }
  const rest = (all: readonly Raw[]) => all.map((one, index) => (found.get(index) === index ? null : one))
  for (const [config, element] of pairElements(fields, rest(written), rest(elements))) found.set(element, config)
  return found
}

/** The place of the stored element of each one the user wrote, each given away once. */
export function pairElements(
  fields: FieldSpecs,
  written: readonly Raw[],
  priors: readonly Raw[],
): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>()
  const open = mostWrittenFirst(fields, written)
  const free = new Set([...priors.keys()].filter((index) => isObject(priors[index])))
  for (const comparison of comparisonsFor(fields)) {
    const left = open.filter((index) => !pairs.has(index))
    if (left.length === 0 || free.size === 0) break
    for (const [config, prior] of assign(left, candidates(fields, written, priors, free, comparison))) {
      pairs.set(config, prior)
      free.delete(prior)
    }
  }
  return pairs
}

/** Tells which of the elements that are free agree with one that the user wrote, looking only at those that may. */
function candidates(
  fields: FieldSpecs,
  written: readonly Raw[],
  priors: readonly Raw[],
  free: ReadonlySet<number>,
  comparison: Comparison,
): (config: number) => Candidates {
  const groups = new Map<string, { keyOf(element: RawObject): string; byKey: Map<string, Set<number>> }>()
  return (index) => {
    const config = written[index] as RawObject
    const open = openIn(fields, config, comparison)
    let group = groups.get(open.join())
    if (!group) {
      const keyOf = keyWithout(fields, open, comparison)
      group = { keyOf, byKey: groupsOf(free, (prior) => keyOf(priors[prior] as RawObject)) }
      groups.set(open.join(), group)
    }
    return {
      all: group.byKey.get(group.keyOf(config)) ?? [],
      fits: (prior) => agreement(fields, config, priors[prior], comparison) !== undefined,
    }
  }
}

const mostWrittenFirst = (fields: FieldSpecs, written: readonly Raw[]): readonly number[] =>
  written
    .flatMap((config, index) =>
      isObject(config) ? [{ index, weight: agreement(fields, config, config, exactly) ?? 0 }] : [],
    )
    .sort((left, right) => right.weight - left.weight)
    .map(({ index }) => index)
