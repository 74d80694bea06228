import { exactKey, valuesEqual } from '../encoding/equal.ts'
import { hasUnknown, isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, isInAnyOrder } from './field-shape.ts'
import { typeOf } from './implied-type.ts'
import { RuleError } from './rule-error.ts'
import type { Shape } from './spec.ts'
import { normalFormOf } from './text-types.ts'
import { toAuthor } from './to-author.ts'

const memory = new WeakMap<Shape, boolean>()

/** Whether any part of a value can be spelled in more than one way. */
export function hasSpellings(shape: Shape): boolean {
  let answer = memory.get(shape)
  if (answer === undefined) {
    answer =
      shape.same !== undefined || (shape.kind === 'list' && isInAnyOrder(shape)) || parts(shape).some(hasSpellings)
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
    // Rules of authors are about known values, also inside of a list.
    if (hasUnknown(left) || hasUnknown(right)) return false
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
      if (isInAnyOrder(shape)) return matched(shape.element, lefts, rights).size === lefts.length
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

/**
 * A text that is the same for values that mean the same. Values with the same text may still differ, where a rule of an
 * author can only compare two of them.
 */
export function valueKey(shape: Shape, value: Raw): string {
  if (value === null) return 'null'
  if (hasUnknown(value)) return 'unknown'
  if (!hasSpellings(shape)) return exactKey(typeOf(shape), value)
  if (shape.same) {
    const normalForm = normalFormOf(shape.same)
    return normalForm ? JSON.stringify(normalForm(value as string) ?? [value as string]) : 'any'
  }
  switch (shape.kind) {
    case 'list':
    case 'set': {
      const keys = (value as readonly Raw[]).map((element) => valueKey(shape.element, element))
      return JSON.stringify(isInAnyOrder(shape) ? keys.sort() : keys)
    }
    case 'tuple':
      return JSON.stringify(
        shape.elements.map((element, index) => valueKey(element, (value as readonly Raw[])[index] ?? null)),
      )
    case 'map':
      return JSON.stringify(
        Object.keys(value)
          .sort()
          .map((key) => [key, valueKey(shape.element, (value as RawObject)[key] ?? null)]),
      )
    case 'struct':
    case 'object':
      return JSON.stringify(
        Object.entries(membersOf(shape)).map(([name, member]) => valueKey(member, (value as RawObject)[name] ?? null)),
      )
    default:
      return exactKey(typeOf(shape), value)
  }
}

/**
 * Pairs elements that mean the same: the index of each of `lefts` that has a partner, with that of its partner. Equal ones first,
 * by looking them up; what is spelled differently is compared within groups that may mean the same.
 */
export function matched(element: Shape, lefts: readonly Raw[], rights: readonly Raw[]): Map<number, number> {
  const pairs = new Map<number, number>()
  const free = new Set(rights.keys())
  const type = typeOf(element)
  const pair = (keyOf: (value: Raw) => string) => {
    const groups = groupsOf(free, (index) => keyOf(rights[index] ?? null))
    for (const [index, left] of lefts.entries()) {
      if (pairs.has(index)) continue
      const group = groups.get(keyOf(left))
      for (const other of group ?? []) {
        if (!sameValue(element, left, rights[other] ?? null)) continue
        pairs.set(index, other)
        group?.delete(other)
        free.delete(other)
        break
      }
    }
  }
  pair((value) => exactKey(type, value))
  if (free.size > 0 && hasSpellings(element)) pair((value) => valueKey(element, value))
  return pairs
}

/** Values in groups of the same key, from which they can be taken. */
export function groupsOf<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, Set<T>> {
  const groups = new Map<string, Set<T>>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group) group.add(value)
    else groups.set(key, new Set([value]))
  }
  return groups
}
