import { exactKey, valuesEqual } from '../encoding/equal.ts'
import { hasUnknown, isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
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
}

const exactly: Comparison = {
  equal: (shape, left, right) => valuesEqual(typeOf(shape), left, right),
  key: (shape, value) => (hasUnknown(value) ? 'unknown' : exactKey(typeOf(shape), value)),
  anyOrder: (shape) => shape.kind === 'set',
}
const byMeaning: Comparison = {
  equal: (shape, left, right) => valuesEqual(typeOf(shape), left, right) || sameValue(shape, left, right),
  key: valueKey,
  anyOrder: isInAnyOrder,
}

/**
 * Finds what belongs together in a set, whose elements have no index: elements agree when all the user wrote, however deep,
 * is the same, as Terraform itself matches them. Where several agree, the one of which the user wrote most is meant. What is
 * spelled differently and means the same by `sameAs` belongs together too, where nothing agrees letter by letter.
 */
export function setPartners(fields: FieldSpecs, configs: readonly Raw[], priors: readonly Raw[]) {
  const written = mostWrittenFirst(fields, configs)
  const stored = pairWritten(fields, written, priors)
  const comparisons = comparisonsFor(fields)
  const finders = comparisons.map((comparison) => finderOf(fields, written, comparison))
  /** `here` is what the user wrote at the place of the element, in a list: of several that agree it is the one. */
  return (element: Raw, here?: Raw): { config: RawObject | undefined; prior: RawObject | null } => {
    let config: RawObject | undefined
    if (isObject(here) && comparisons.some((one) => agreement(fields, here, element, one) !== undefined)) config = here
    for (const find of finders) config ??= isObject(element) ? find(element) : undefined
    return { config, prior: (config && stored.get(config)) ?? null }
  }
}

/** The stored element of each one the user wrote, each given away once. */
export function pairElements(fields: FieldSpecs, configs: readonly Raw[], priors: readonly Raw[]) {
  return pairWritten(fields, mostWrittenFirst(fields, configs), priors)
}

function pairWritten(fields: FieldSpecs, written: readonly RawObject[], priors: readonly Raw[]) {
  const stored = new Map<RawObject, RawObject>()
  const free = new Set(priors.filter(isObject))
  for (const comparison of comparisonsFor(fields)) {
    const groups = new Map<string, Map<string, Set<RawObject>>>()
    for (const config of written) {
      if (stored.has(config)) continue
      const open = openIn(fields, config)
      let byKey = groups.get(open.join())
      if (!byKey) {
        byKey = groupsOf(free, keyWithout(fields, open, comparison))
        groups.set(open.join(), byKey)
      }
      const group = byKey.get(keyWithout(fields, open, comparison)(config))
      for (const prior of group ?? []) {
        // Another group may have given it away.
        if (!free.has(prior)) group?.delete(prior)
        else if (agreement(fields, config, prior, comparison) !== undefined) {
          stored.set(config, prior)
          free.delete(prior)
          group?.delete(prior)
          break
        }
      }
    }
    if (stored.size === written.length || free.size === 0) break
  }
  return stored
}

/** Finds the element of the user that another one agrees with; the one of which the user wrote most. */
function finderOf(fields: FieldSpecs, written: readonly RawObject[], comparison: Comparison) {
  const order = new Map(written.map((config, index) => [config, index]))
  const byOpen = [...Map.groupBy(written, (config) => openIn(fields, config).join()).values()].map((configs) => {
    const open = openIn(fields, configs[0] as RawObject)
    const keyOf = keyWithout(fields, open, comparison)
    return { keyOf, groups: Map.groupBy(configs, keyOf) }
  })
  return (element: RawObject): RawObject | undefined =>
    byOpen
      .flatMap(({ keyOf, groups }) => {
        const found = groups
          .get(keyOf(element))
          ?.find((candidate) => agreement(fields, candidate, element, comparison) !== undefined)
        return found ? [found] : []
      })
      .sort((left, right) => (order.get(left) ?? 0) - (order.get(right) ?? 0))[0]
}

const comparisonsFor = (fields: FieldSpecs): readonly Comparison[] =>
  hasSpellings({ kind: 'object', fields }) ? [exactly, byMeaning] : [exactly]

const mostWrittenFirst = (fields: FieldSpecs, configs: readonly Raw[]): readonly RawObject[] =>
  configs
    .filter(isObject)
    .map((config) => ({ config, weight: agreement(fields, config, config, exactly) ?? 0 }))
    .sort((left, right) => right.weight - left.weight)
    .map(({ config }) => config)

/** Whether a provider may set it where the user does not. */
const isOpen = (field: FieldSpec): boolean =>
  'attribute' in field && (field.attribute.computed || field.attribute.writeOnly)

/** The names of the attributes that an element leaves to the provider. */
const openIn = (fields: FieldSpecs, element: RawObject): readonly string[] =>
  Object.entries(fields).flatMap(([name, field]) => (isOpen(field) && (element[name] ?? null) === null ? [name] : []))

/**
 * A text that is the same for elements that may agree, where these attributes are open. Without it, large sets would be compared
 * each with each.
 */
function keyWithout(fields: FieldSpecs, open: readonly string[], comparison: Comparison) {
  const named = Object.entries(fields).filter(([name]) => !open.includes(name))
  return (element: RawObject): string =>
    JSON.stringify(named.map(([name, field]) => partKey(fieldShape(field), element[name] ?? null, comparison)))
}

/** The key of what only the user sets in a value. */
function partKey(shape: Shape, value: Raw, comparison: Comparison): string {
  const nested = nestedFields(shape)
  if (!nested || value === null || typeof value !== 'object' || isUnknown(value)) return comparison.key(shape, value)
  const keyOf = keyWithout(
    nested.fields,
    Object.keys(nested.fields).filter((name) => isOpen(nested.fields[name] as FieldSpec)),
    comparison,
  )
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
  return {
    same: plusOne(
      total(elements, (element, index) => {
        if (!comparison.anyOrder(shape)) return elementAgreement(element, others[index])
        return others.map((other) => elementAgreement(element, other)).find((same) => same !== undefined)
      }),
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
