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
  const lefts = mostWrittenFirst(fields, written)
  const count = Math.min(lefts.length, priors.filter(isObject).length)
  let pairs: ReadonlyMap<number, number> = new Map()
  const finders: ((config: number) => Candidates)[] = []
  for (const comparison of comparisonsFor(fields)) {
    if (pairs.size === count) break
    finders.push(candidates(fields, written, priors, comparison))
    pairs = assign(lefts, either(finders), pairs)
  }
  return pairs
}

/** The candidates by any of the comparisons so far: who has one may be given another by each of them. */
function either(finders: readonly ((config: number) => Candidates)[]): (config: number) => Candidates {
  const [only, ...others] = finders
  if (only && others.length === 0) return only
  return (config) => {
    const found = finders.map((find) => find(config))
    return {
      all: new Set(found.flatMap(({ all }) => [...all])),
      fits: (prior) => found.some(({ fits }) => fits(prior)),
    }
  }
}

/** Tells which of the stored elements agree with one that the user wrote, looking only at those that may. */
function candidates(
  fields: FieldSpecs,
  written: readonly Raw[],
  priors: readonly Raw[],
  comparison: Comparison,
): (config: number) => Candidates {
  const places = [...priors.keys()].filter((index) => isObject(priors[index]))
  const groups = new Map<string, { keyOf(element: RawObject): string; byKey: Map<string, Set<number>> }>()
  return (index) => {
    const config = written[index] as RawObject
    const open = openIn(fields, config, comparison)
    let group = groups.get(open.join())
    if (!group) {
      const keyOf = keyWithout(fields, open, comparison)
      group = { keyOf, byKey: groupsOf(places, (prior) => keyOf(priors[prior] as RawObject)) }
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
