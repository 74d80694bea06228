import { valuesEqual } from '../encoding/equal.ts'
import { isObject, isUnknown, type Raw, type RawObject, rawObject } from '../encoding/raw.ts'
import { fieldShape } from './field-shape.ts'
import { typeOf } from './implied-type.ts'
import type { FieldSpecs, Shape } from './spec.ts'
import { toAuthor } from './to-author.ts'

const memory = new WeakMap<Shape, boolean>()

/** Whether any part of a value can be spelled in more than one way. */
export function hasSpellings(shape: Shape): boolean {
  let answer = memory.get(shape)
  if (answer === undefined) {
    answer =
      shape.same !== undefined || ('unordered' in shape && shape.unordered === true) || parts(shape).some(hasSpellings)
    memory.set(shape, answer)
  }
  return answer
}

function parts(shape: Shape): Shape[] {
  switch (shape.kind) {
    case 'list':
    case 'set':
    case 'map':
      return [shape.element]
    case 'tuple':
      return [...shape.elements]
    case 'struct':
      return Object.values(shape.members)
    case 'object':
      return Object.values(shape.fields).map(fieldShape)
    default:
      return []
  }
}

/** Whether two values mean the same, by the rules of `sameAs` wherever the shape has them. */
export function sameValue(shape: Shape, left: Raw, right: Raw): boolean {
  if (left === right) return true
  if (left === null || right === null || isUnknown(left) || isUnknown(right)) return false
  if (!hasSpellings(shape)) return valuesEqual(typeOf(shape), left, right)
  if (shape.same) return shape.same(toAuthor(shape, left) as never, toAuthor(shape, right) as never)
  switch (shape.kind) {
    case 'list':
    case 'set': {
      const [lefts, rights] = [left as readonly Raw[], right as readonly Raw[]]
      if (lefts.length !== rights.length) return false
      if (shape.kind === 'set' || shape.unordered) return matched(shape.element, lefts, rights).size === lefts.length
      return lefts.every((element, index) => sameValue(shape.element, element, rights[index] ?? null))
    }
    case 'tuple':
      return shape.elements.every((element, index) =>
        sameValue(element, (left as readonly Raw[])[index] ?? null, (right as readonly Raw[])[index] ?? null),
      )
    case 'map': {
      if (!isObject(left) || !isObject(right)) return false
      const keys = Object.keys(left)
      return (
        keys.length === Object.keys(right).length &&
        keys.every((key) => key in right && sameValue(shape.element, left[key] ?? null, right[key] ?? null))
      )
    }
    case 'struct':
    case 'object': {
      if (!isObject(left) || !isObject(right)) return false
      return Object.entries(membersOf(shape)).every(([name, member]) =>
        sameValue(member, left[name] ?? null, right[name] ?? null),
      )
    }
    default:
      return valuesEqual(typeOf(shape), left, right)
  }
}

/** `after` with the spelling of `before` in every part that means the same. */
export function keepSpelling(shape: Shape, before: Raw, after: Raw): Raw {
  if (before === after || before === null || after === null || isUnknown(before) || isUnknown(after)) return after
  if (!hasSpellings(shape)) return after
  if (sameValue(shape, before, after)) return before
  switch (shape.kind) {
    case 'list':
    case 'set': {
      const [befores, afters] = [before as readonly Raw[], after as readonly Raw[]]
      if (shape.kind === 'list' && !shape.unordered) {
        return afters.map((element, index) => keepSpelling(shape.element, befores[index] ?? null, element))
      }
      // What was there comes first, in its order and spelling; what is new comes after.
      const partners = matched(shape.element, befores, afters)
      const taken = new Set(partners.values())
      return [...befores.filter((_, index) => partners.has(index)), ...afters.filter((_, index) => !taken.has(index))]
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
 * A plan with the stored spelling of what means the same, so that another spelling in the configuration is no change. Terraform
 * allows a planned attribute to be as configured or as stored, each as a whole and at the same place.
 */
export function keepStoredSpelling(fields: FieldSpecs, prior: RawObject, plan: RawObject): RawObject {
  if (!Object.values(fields).some((field) => hasSpellings(fieldShape(field)))) return plan
  return rawObject(
    Object.entries(fields).map(([name, field]) => {
      const [stored, planned] = [prior[name] ?? null, plan[name] ?? null]
      return [name, planAttribute(fieldShape(field), stored, planned)]
    }),
  )
}

function planAttribute(shape: Shape, stored: Raw, planned: Raw): Raw {
  if (stored === null || planned === null || isUnknown(planned) || !hasSpellings(shape)) return planned
  const nested =
    shape.kind === 'object' ? shape : 'element' in shape && shape.element.kind === 'object' ? shape : undefined
  if (!nested || shape.kind === 'set') return sameValue(shape, stored, planned) ? stored : planned
  if (shape.kind === 'object') {
    return isObject(stored) && isObject(planned) ? keepStoredSpelling(shape.fields, stored, planned) : planned
  }
  const element = (shape as { readonly element: Shape }).element
  if (Array.isArray(planned)) {
    const elements = stored as readonly Raw[]
    return (planned as readonly Raw[]).map((one, index) => planAttribute(element, elements[index] ?? null, one))
  }
  if (!isObject(planned) || !isObject(stored)) return planned
  return rawObject(Object.entries(planned).map(([key, one]) => [key, planAttribute(element, stored[key] ?? null, one)]))
}

const membersOf = (shape: Extract<Shape, { kind: 'struct' | 'object' }>): { readonly [name: string]: Shape } =>
  shape.kind === 'struct'
    ? shape.members
    : Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, fieldShape(field)]))

/** Pairs elements that mean the same: the index of each of `lefts` that has a partner, with that of its partner. */
function matched(element: Shape, lefts: readonly Raw[], rights: readonly Raw[]): Map<number, number> {
  const free = new Set(rights.keys())
  const pairs = new Map<number, number>()
  for (const [index, left] of lefts.entries()) {
    for (const other of free) {
      if (!sameValue(element, left, rights[other] ?? null)) continue
      pairs.set(index, other)
      free.delete(other)
      break
    }
  }
  return pairs
}
