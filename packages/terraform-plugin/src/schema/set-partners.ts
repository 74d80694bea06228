import { exactKey, valuesEqual } from '../encoding/equal.ts'
import { hasUnknown, isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { assign, type Candidates } from './assign.ts'
import { fieldShape, isInAnyOrder, type Nested, nestedFields } from './field-shape.ts'
import { typeOf } from './implied-type.ts'
import { groupsOf, hasSpellings, sameValue, valueKey } from './same-value.ts'
import type { FieldSpec, FieldSpecs, Shape } from './spec.ts'

/** How values are compared: letter by letter, or by what they mean. */
interface Comparison {
  equal(shape: Shape, left: Raw, right: Raw): boolean
  /** Different for values that differ; an equal key promises nothing. */
  key(shape: Shape, value: Raw): string
  /** Whether the order of these elements means nothing. */
  anyOrder(shape: Shape): boolean
  /** Whether what has a default may still be null where it is stored. */
  readonly beforeDefaults: boolean
}

const exactly: Comparison = {
  equal: (shape, left, right) => valuesEqual(typeOf(shape), left, right),
  key: (shape, value) => (hasUnknown(value) ? 'unknown' : exactKey(typeOf(shape), value)),
  anyOrder: (shape) => shape.kind === 'set',
  beforeDefaults: false,
}
const byMeaning: Comparison = {
  equal: (shape, left, right) => valuesEqual(typeOf(shape), left, right) || sameValue(shape, left, right),
  key: valueKey,
  anyOrder: isInAnyOrder,
  beforeDefaults: false,
}

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
  const stored = pairElements(fields, written, priors)
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

/** The ways to compare, in order: what agrees in an earlier one belongs together. */
function comparisonsFor(fields: FieldSpecs): readonly Comparison[] {
  const comparisons = hasSpellings({ kind: 'object', fields }) ? [exactly, byMeaning] : [exactly]
  // An import, and a release of the provider that adds an attribute, leave null where a default goes.
  return holdsDefaults(fields)
    ? [...comparisons, ...comparisons.map((comparison) => ({ ...comparison, beforeDefaults: true }))]
    : comparisons
}

const defaults = new WeakMap<FieldSpecs, boolean>()

function holdsDefaults(fields: FieldSpecs): boolean {
  let answer = defaults.get(fields)
  if (answer === undefined) {
    answer = Object.values(fields).some((field) => {
      const nested = nestedFields(fieldShape(field))
      return hasDefault(field) || (nested !== undefined && holdsDefaults(nested.fields))
    })
    defaults.set(fields, answer)
  }
  return answer
}

const mostWrittenFirst = (fields: FieldSpecs, written: readonly Raw[]): readonly number[] =>
  written
    .flatMap((config, index) =>
      isObject(config) ? [{ index, weight: agreement(fields, config, config, exactly) ?? 0 }] : [],
    )
    .sort((left, right) => right.weight - left.weight)
    .map(({ index }) => index)

/** Whether a provider may set it where the user does not. */
const isOpen = (field: FieldSpec): boolean =>
  'attribute' in field && (field.attribute.computed || field.attribute.writeOnly)

const hasDefault = (field: FieldSpec): boolean => 'attribute' in field && field.attribute.default !== undefined

/** The names of the attributes of an element that may be stored otherwise than the user wrote them. */
const openIn = (fields: FieldSpecs, element: RawObject, { beforeDefaults }: Comparison): readonly string[] =>
  Object.entries(fields).flatMap(([name, field]) =>
    isOpen(field) && ((element[name] ?? null) === null || (beforeDefaults && hasDefault(field))) ? [name] : [],
  )

/**
 * A text that is the same for elements that may agree, where these attributes are open. Without it, large sets would be compared
 * each with each.
 */
function keyWithout(fields: FieldSpecs, open: readonly string[], comparison: Comparison) {
  const named = Object.entries(fields).filter(([name]) => !open.includes(name))
  return (element: RawObject): string =>
    JSON.stringify(named.map(([name, field]) => partKey(fieldShape(field), element[name] ?? null, comparison)))
}

/** A text that is the same for elements in which the user wrote the same, whatever the provider may set in them. */
export function writtenKey(fields: FieldSpecs): (element: Raw) => string {
  const keyOf = keyWithout(fields, openNames(fields), exactly)
  return (element) => (isObject(element) ? keyOf(element) : '')
}

const openNames = (fields: FieldSpecs): readonly string[] =>
  Object.keys(fields).filter((name) => isOpen(fields[name] as FieldSpec))

/** The key of what only the user sets in a value. */
function partKey(shape: Shape, value: Raw, comparison: Comparison): string {
  const nested = nestedFields(shape)
  if (!nested || value === null || typeof value !== 'object' || isUnknown(value)) return comparison.key(shape, value)
  const keyOf = keyWithout(nested.fields, openNames(nested.fields), comparison)
  if (nested.nesting === 'single') return isObject(value) ? keyOf(value) : ''
  const keys = Object.entries(value)
    .sort(([left], [right]) => (isObject(value) ? (left < right ? -1 : 1) : 0))
    .map(([name, element]) => [
      isObject(value) ? name : '',
      isObject(element as Raw) ? keyOf(element as RawObject) : '',
    ])
  return JSON.stringify(
    comparison.anyOrder(shape) ? keys.sort(([, left], [, right]) => ((left ?? '') < (right ?? '') ? -1 : 1)) : keys,
  )
}

/** How many values of the user an element repeats; undefined where it contradicts one. */
function agreement(
  fields: FieldSpecs,
  config: RawObject,
  other: Raw | undefined,
  comparison: Comparison,
): number | undefined {
  if (!isObject(other)) return undefined
  return total(Object.entries(fields), ([name, field]) => {
    const written = config[name] ?? null
    const found = other[name] ?? null
    if (written === null && isOpen(field)) return 0
    if (found === null && comparison.beforeDefaults && hasDefault(field)) return 0
    const shape = fieldShape(field)
    const nested = nestedFields(shape)
    const inside = nested && nestedAgreement(nested, shape, written, found, comparison)
    if (inside !== undefined) return inside.same
    if (!comparison.equal(shape, written, found)) return undefined
    return written === null ? 0 : 1
  })
}

/** Undefined where the values have no elements to compare: then they are compared as a whole. */
function nestedAgreement(
  { nesting, fields }: Nested,
  shape: Shape,
  written: Raw,
  found: Raw,
  comparison: Comparison,
): { same: number | undefined } | undefined {
  const elementAgreement = (element: Raw, other: Raw | undefined) => {
    if (isObject(element)) return agreement(fields, element, other, comparison)
    return other !== undefined && valuesEqual(typeOf({ kind: 'object', fields }), element, other) ? 0 : undefined
  }
  if (nesting === 'single') {
    return isObject(written) && isObject(found)
      ? { same: plusOne(agreement(fields, written, found, comparison)) }
      : undefined
  }
  if (nesting === 'map') {
    if (!isObject(written) || !isObject(found)) return undefined
    const keys = Object.keys(written)
    if (keys.length !== Object.keys(found).length) return { same: undefined }
    return { same: plusOne(total(keys, (key) => elementAgreement(written[key] ?? null, found[key]))) }
  }
  if (!Array.isArray(written) || !Array.isArray(found)) return undefined
  const [elements, others] = [written as readonly Raw[], found as readonly Raw[]]
  if (elements.length !== others.length) return { same: undefined }
  let partners: ReadonlyMap<number, number> | undefined
  if (comparison.anyOrder(shape)) {
    const fits = (left: number, right: number) => elementAgreement(elements[left] ?? null, others[right]) !== undefined
    partners = assign(elements.keys(), (left) => ({ all: others.keys(), fits: (right) => fits(left, right) }))
    if (partners.size < elements.length) return { same: undefined }
  }
  return {
    same: plusOne(
      total(elements, (element, index) => elementAgreement(element, others[partners?.get(index) ?? index])),
    ),
  }
}

const plusOne = (count: number | undefined) => (count === undefined ? undefined : count + 1)

/** The sum, or undefined as soon as one part is. */
function total<T>(parts: readonly T[], count: (part: T, index: number) => number | undefined): number | undefined {
  let sum = 0
  for (const [index, part] of parts.entries()) {
    const one = count(part, index)
    if (one === undefined) return undefined
    sum += one
  }
  return sum
}
