import { valuesEqual } from '../encoding/equal.ts'
import { isObject, isUnknown, type Raw } from '../encoding/raw.ts'
import { fieldShape } from './field-shape.ts'
import { typeOf } from './implied-type.ts'
import { RuleError } from './rule-error.ts'
import type { Shape } from './spec.ts'
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
  if (shape.same) {
    try {
      return shape.same(toAuthor(shape, left) as never, toAuthor(shape, right) as never)
    } catch (error) {
      throw new RuleError('sameAs', error)
    }
  }
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

/** The shapes of the members of an object, by name. */
export const membersOf = (shape: Extract<Shape, { kind: 'struct' | 'object' }>): { readonly [name: string]: Shape } =>
  shape.kind === 'struct'
    ? shape.members
    : Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, fieldShape(field)]))

/** Pairs elements that mean the same: the index of each of `lefts` that has a partner, with that of its partner. */
export function matched(element: Shape, lefts: readonly Raw[], rights: readonly Raw[]): Map<number, number> {
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
