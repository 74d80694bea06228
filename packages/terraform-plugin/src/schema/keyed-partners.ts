import { numberText, type RawNumber } from '../encoding/number.ts'
import { isObject, isUnknown, type Raw } from '../encoding/raw.ts'
import { fieldShape } from './field-shape.ts'
import { hasSpellings, sameValue, valueKey } from './same-value.ts'
import type { FieldSpecs, Shape } from './spec.ts'

/**
 * For each element the other one with the same key, in whatever spelling. Without a key, and where a key occurs twice on
 * either side, there is none.
 */
export function keyedPartners(
  fields: FieldSpecs,
  key: string,
  elements: readonly Raw[],
  others: readonly Raw[],
): readonly (Raw | undefined)[] {
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined
  const shape: Shape = field ? fieldShape(field) : { kind: 'string' }
  const groupOf = grouping(shape)
  const ours = elements.map((element) => groupOf(keyOf(key, element)))
  const theirs = others.map((element) => groupOf(keyOf(key, element)))
  const [counts, partners] = [countOf(ours), countOf(theirs)]
  const places = new Map(theirs.map((group, index) => [group, index]))
  return ours.map((group) =>
    group !== undefined && counts.get(group) === 1 && partners.get(group) === 1
      ? others[places.get(group) as number]
      : undefined,
  )
}

/** Whether two elements have the same key. */
export function sameElement(fields: FieldSpecs, key: string, left: Raw | undefined, right: Raw | undefined): boolean {
  return keyedPartners(fields, key, [left ?? null], [right ?? null])[0] !== undefined
}

/** Gives each key a text that is the same for all spellings of it: that of the first seen. */
function grouping(shape: Shape): (value: Raw) => string | undefined {
  const spelled = hasSpellings(shape)
  const groups = new Map<string, string>()
  // Only keys that may mean the same are compared.
  const first = new Map<string, { readonly group: string; readonly value: Raw }[]>()
  return (value) => {
    if (value === null || isUnknown(value)) return undefined
    const text = textOf(value)
    if (!spelled) return text
    const known = groups.get(text)
    if (known !== undefined) return known
    const alike = first.get(valueKey(shape, value)) ?? []
    if (alike.length === 0) first.set(valueKey(shape, value), alike)
    const same = alike.find((one) => sameValue(shape, value, one.value))
    if (!same) alike.push({ group: text, value })
    groups.set(text, same?.group ?? text)
    return same?.group ?? text
  }
}

function countOf(groups: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const group of groups) if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1)
  return counts
}

const keyOf = (key: string, element: Raw | undefined): Raw => (isObject(element) ? (element[key] ?? null) : null)

const textOf = (value: Raw) =>
  typeof value === 'string' || typeof value === 'boolean'
    ? `${typeof value} ${value}`
    : `number ${numberText(value as RawNumber)}`
