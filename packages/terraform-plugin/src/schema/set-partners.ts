import { encodeValue } from '../encoding/encode.ts'
import { valuesEqual } from '../encoding/equal.ts'
import { isObject, isUnknown, type Raw, type RawObject, rawObject, UnknownValue } from '../encoding/raw.ts'
import { fieldShape, type Nested, nestedFields } from './field-shape.ts'
import { objectTypeOf, typeOf } from './implied-type.ts'
import type { FieldSpecs } from './spec.ts'

/**
 * Finds what belongs together in a set, whose elements have no index: elements agree when all the user wrote, however deep,
 * is the same, as Terraform itself matches them. Where several agree, the one of which the user wrote most is meant.
 */
export function setPartners(fields: FieldSpecs, configs: readonly Raw[], priors: readonly Raw[]) {
  const keyOf = keyOfElement(fields)
  const written = configs
    .filter(isObject)
    .map((config) => ({ config, weight: agreement(fields, config, config) ?? 0 }))
    .sort((left, right) => right.weight - left.weight)
    .map(({ config }) => config)
  const free = Map.groupBy(priors.filter(isObject), keyOf)
  const stored = new Map<RawObject, RawObject>()
  for (const config of written) {
    const candidates = free.get(keyOf(config)) ?? []
    const index = candidates.findIndex((prior) => agreement(fields, config, prior) !== undefined)
    const [prior] = index < 0 ? [] : candidates.splice(index, 1)
    if (prior) stored.set(config, prior)
  }
  const byKey = Map.groupBy(written, keyOf)
  return (element: Raw): { config: RawObject | undefined; prior: RawObject | null } => {
    const candidates = isObject(element) ? (byKey.get(keyOf(element)) ?? []) : []
    const config = candidates.find((candidate) => agreement(fields, candidate, element) !== undefined)
    return { config, prior: (config && stored.get(config)) ?? null }
  }
}

/**
 * A text that is the same for elements that may agree: the plain values only the user sets. Without it, large sets would be
 * compared each with each.
 */
function keyOfElement(fields: FieldSpecs): (element: RawObject) => string {
  const plain = Object.entries(fields).filter(
    ([, field]) =>
      'attribute' in field &&
      !field.attribute.computed &&
      !field.attribute.writeOnly &&
      ['string', 'bool', 'number'].includes(field.attribute.shape.kind),
  )
  const type = objectTypeOf(Object.fromEntries(plain))
  const known = (value: Raw) => (isUnknown(value) ? UnknownValue.plain : value)
  return (element) => {
    const values = rawObject(plain.map(([name]) => [name, known(element[name] ?? null)]))
    return Buffer.from(encodeValue(type, values)).toString('latin1')
  }
}

/** How many values of the user an element repeats; undefined where it contradicts one. */
function agreement(fields: FieldSpecs, config: RawObject, other: Raw | undefined): number | undefined {
  if (!isObject(other)) return undefined
  return total(Object.entries(fields), ([name, field]) => {
    const written = config[name] ?? null
    const found = other[name] ?? null
    if (written === null && 'attribute' in field && (field.attribute.computed || field.attribute.writeOnly)) return 0
    const nested = nestedFields(fieldShape(field))
    const inside = nested && nestedAgreement(nested, written, found)
    if (inside !== undefined) return inside.same
    if (!valuesEqual(typeOf(fieldShape(field)), written, found)) return undefined
    return written === null ? 0 : 1
  })
}

/** Undefined where the values have no elements to compare: then they are compared as a whole. */
function nestedAgreement(
  { nesting, fields }: Nested,
  written: Raw,
  found: Raw,
): { same: number | undefined } | undefined {
  if (nesting === 'single') {
    return isObject(written) && isObject(found) ? { same: plusOne(agreement(fields, written, found)) } : undefined
  }
  if (nesting === 'map') {
    if (!isObject(written) || !isObject(found)) return undefined
    const keys = Object.keys(written)
    if (keys.length !== Object.keys(found).length) return { same: undefined }
    return { same: plusOne(total(keys, (key) => elementAgreement(fields, written[key] ?? null, found[key]))) }
  }
  if (!Array.isArray(written) || !Array.isArray(found)) return undefined
  const [elements, others] = [written as readonly Raw[], found as readonly Raw[]]
  if (elements.length !== others.length) return { same: undefined }
  return {
    same: plusOne(
      total(elements, (element, index) => {
        if (nesting === 'list') return elementAgreement(fields, element, others[index])
        return others.map((other) => elementAgreement(fields, element, other)).find((same) => same !== undefined)
      }),
    ),
  }
}

function elementAgreement(fields: FieldSpecs, written: Raw, found: Raw | undefined): number | undefined {
  if (isObject(written)) return agreement(fields, written, found)
  return found !== undefined && valuesEqual(typeOf({ kind: 'object', fields }), written, found) ? 0 : undefined
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
