import { hasUnknown, isObject, isUnknown, type Raw, type RawObject, rawObject } from '../encoding/raw.ts'
import { fieldShape, isInAnyOrder, nestedFields } from './field-shape.ts'
import { keyedPartners } from './keyed-partners.ts'
import { hasSpellings, matched, membersOf, sameValue } from './same-value.ts'
import { pairElements } from './set-partners.ts'
import type { FieldSpecs, Shape } from './spec.ts'

/** `after` with the spelling of `before` in every part that means the same. */
export function keepSpelling(shape: Shape, before: Raw, after: Raw): Raw {
  if (before === after || before === null || after === null || isUnknown(before) || isUnknown(after)) return after
  if (!hasSpellings(shape)) return after
  if (sameValue(shape, before, after)) return before
  switch (shape.kind) {
    case 'list':
    case 'set': {
      const [befores, afters] = [before as readonly Raw[], after as readonly Raw[]]
      if (!isInAnyOrder(shape)) {
        const partners =
          shape.elementKey !== undefined && shape.element.kind === 'object'
            ? keyedPartners(shape.element.fields, shape.elementKey, afters, befores)
            : befores
        return afters.map((element, index) => keepSpelling(shape.element, partners[index] ?? null, element))
      }
      // What was there comes first, in its order and spelling; what is new comes after.
      const partners = samePartners(shape.element, befores, afters)
      const taken = new Set(partners.values())
      return [
        ...befores.flatMap((element, index) => {
          const partner = partners.get(index)
          return partner === undefined ? [] : [keepSpelling(shape.element, element, afters[partner] ?? null)]
        }),
        ...afters.filter((_, index) => !taken.has(index)),
      ]
    }
    case 'tuple':
      return shape.elements.map((element, index) =>
        keepSpelling(element, (before as readonly Raw[])[index] ?? null, (after as readonly Raw[])[index] ?? null),
      )
    case 'map':
      if (!isObject(before) || !isObject(after)) return after
      return rawObject(
        Object.entries(after).map(([key, member]) => [key, keepSpelling(shape.element, before[key] ?? null, member)]),
      )
    case 'struct':
    case 'object':
      if (!isObject(before) || !isObject(after)) return after
      return rawObject(
        Object.entries(membersOf(shape)).map(([name, member]) => [
          name,
          keepSpelling(member, before[name] ?? null, after[name] ?? null),
        ]),
      )
    default:
      return after
  }
}

/**
 * Pairs elements that have no place of their own: those that mean the same as a whole; then those that do but for values that are
 * not known yet; then those that the user would have to write alike, whatever the provider set in them.
 */
export function samePartners(element: Shape, befores: readonly Raw[], afters: readonly Raw[]): Map<number, number> {
  const pairs = matched(element, befores, afters)
  if (element.kind !== 'object') return pairs
  for (const leavesOpen of [(value: Raw) => hasUnknown(value), () => true]) {
    const taken = new Set(pairs.values())
    const open = befores.map((before, index) =>
      isObject(before) && !pairs.has(index) ? withoutComputed(element.fields, before, leavesOpen) : null,
    )
    const left = afters.map((after, index) => (taken.has(index) ? null : after))
    for (const [before, after] of pairElements(element.fields, open, left)) pairs.set(before, after)
  }
  return pairs
}

/** An element without the computed values in it that `leavesOpen` picks, as a user writes it who leaves them to the provider. */
function withoutComputed(fields: FieldSpecs, element: RawObject, leavesOpen: (value: Raw) => boolean): RawObject {
  return rawObject(
    Object.entries(fields).map(([name, field]) => {
      const value = element[name] ?? null
      if ('attribute' in field && field.attribute.computed && leavesOpen(value)) return [name, null]
      const nested = nestedFields(fieldShape(field))
      if (!nested || value === null || typeof value !== 'object' || isUnknown(value)) return [name, value]
      const inside = (one: Raw) => (isObject(one) ? withoutComputed(nested.fields, one, leavesOpen) : one)
      if (nested.nesting === 'single') return [name, inside(value)]
      return [
        name,
        Array.isArray(value)
          ? (value as readonly Raw[]).map(inside)
          : rawObject(Object.entries(value).map(([key, one]) => [key, inside(one as Raw)])),
      ]
    }),
  )
}
