import { exactKey, valuesEqual } from '../encoding/equal.ts'
import { hasUnknown, isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { assign } from './assign.ts'
import { fieldShape, isInAnyOrder, type Nested, nestedFields } from './field-shape.ts'
import { typeOf } from './implied-type.ts'
import { hasSpellings, sameValue, valueKey } from './same-value.ts'
import type { FieldSpec, FieldSpecs, Shape } from './spec.ts'

/** How values are compared: letter by letter, or by what they mean. */
export interface Comparison {
  equal(shape: Shape, left: Raw, right: Raw): boolean
  /** Different for values that differ; an equal key promises nothing. */
  key(shape: Shape, value: Raw): string
  /** Whether the order of these elements means nothing. */
  anyOrder(shape: Shape): boolean
  /** Whether what has a default may still be null where it is stored. */
  readonly beforeDefaults: boolean
  /** Whether what is not known yet agrees with everything. */
  readonly mayBecome?: boolean
}

export const exactly: Comparison = {
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

/** The ways to compare, in order: what agrees in an earlier one belongs together. */
export function comparisonsFor(fields: FieldSpecs): readonly Comparison[] {
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

/** Whether a provider may set it where the user does not. */
export const isOpen = (field: FieldSpec): boolean =>
  'attribute' in field && (field.attribute.computed || field.attribute.writeOnly)

const hasDefault = (field: FieldSpec): boolean => 'attribute' in field && field.attribute.default !== undefined

/** The names of the attributes of an element that may be stored otherwise than the user wrote them. */
export const openIn = (fields: FieldSpecs, element: RawObject, { beforeDefaults }: Comparison): readonly string[] =>
  Object.entries(fields).flatMap(([name, field]) =>
    isOpen(field) && ((element[name] ?? null) === null || (beforeDefaults && hasDefault(field))) ? [name] : [],
  )

/**
 * A text that is the same for elements that may agree, where these attributes are open. Without it, large sets would be compared
 * each with each.
 */
export function keyWithout(fields: FieldSpecs, open: readonly string[], comparison: Comparison) {
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
export function agreement(
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
    if (comparison.mayBecome && mayBecomeAnything(shape, written)) return 0
    const inside = nested && nestedAgreement(nested, shape, written, found, comparison)
    if (inside !== undefined) return inside.same
    if (!comparison.equal(shape, written, found)) return undefined
    return written === null ? 0 : 1
  })
}

/** Of nested attributes only what is not known counts, but a set may even have fewer elements than it seems. */
function mayBecomeAnything(shape: Shape, written: Raw): boolean {
  return isUnknown(written) || ((shape.kind === 'set' || !nestedFields(shape)) && hasUnknown(written))
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
