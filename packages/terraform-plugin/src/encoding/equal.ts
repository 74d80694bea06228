import { Dynamic } from './dynamic.ts'
import { encodeValue } from './encode.ts'
import { numbersEqual, type RawNumber } from './number.ts'
import { isObject, isUnknown, type Raw, rawObject } from './raw.ts'
import type { Type } from './type.ts'

/** Whether two values of a type are the same to Terraform. The order of a set does not count; unknown equals unknown. */
export function valuesEqual(type: Type, left: Raw, right: Raw): boolean {
  if (left === right) return true
  if (left === null || right === null) return false
  if (isUnknown(left) || isUnknown(right)) return isUnknown(left) && isUnknown(right)
  if (typeof type === 'string') return scalarsEqual(type, left, right)
  if (type[0] === 'map' || type[0] === 'object') return membersEqual(type, left, right)
  const [lefts, rights] = [left as readonly Raw[], right as readonly Raw[]]
  if (lefts.length !== rights.length) return false
  if (type[0] === 'set') {
    const [a, b] = [setKeys(type[1], lefts).sort(), setKeys(type[1], rights).sort()]
    return a.every((key, index) => key === b[index])
  }
  return lefts.every((element, index) =>
    valuesEqual(type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : type[1], element, rights[index] as Raw),
  )
}

/** A text for each element of a set, the same for equal elements. */
export function setKeys(element: Type, elements: readonly Raw[]): string[] {
  return elements.map((value) => exactKey(element, value))
}

/** A text that is the same for equal values of a type, and for no others. */
export const exactKey = (type: Type, value: Raw): string =>
  Buffer.from(encodeValue(type, holdsSets(type) ? withSortedSets(type, value) : value)).toString('latin1')

const setTypes = new WeakMap<object, boolean>()

function holdsSets(type: Type): boolean {
  if (typeof type === 'string') return false
  let answer = setTypes.get(type)
  if (answer === undefined) {
    answer = type[0] === 'set' || partsOf(type).some(holdsSets)
    setTypes.set(type, answer)
  }
  return answer
}

const partsOf = (type: Exclude<Type, string>): readonly Type[] =>
  type[0] === 'tuple' ? type[1] : type[0] === 'object' ? Object.values(type[1]) : [type[1]]

/** The same value with the elements of each set in one order. */
function withSortedSets(type: Type, value: Raw): Raw {
  if (value === null || isUnknown(value) || typeof type === 'string' || !holdsSets(type)) return value
  if (isObject(value)) {
    return rawObject(
      Object.entries(value).map(([name, member]) => {
        const part = type[0] === 'object' ? type[1][name] : (type[1] as Type)
        return [name, part === undefined ? member : withSortedSets(part, member)]
      }),
    )
  }
  const elements = (value as readonly Raw[]).map((element, index) =>
    withSortedSets(type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : (type[1] as Type), element),
  )
  if (type[0] !== 'set') return elements
  return elements
    .map((element) => ({ element, key: Buffer.from(encodeValue(type[1], element)).toString('latin1') }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ element }) => element)
}

function scalarsEqual(type: 'string' | 'number' | 'bool' | 'dynamic', left: Raw, right: Raw): boolean {
  if (type === 'number') return numbersEqual(left as RawNumber, right as RawNumber)
  if (!(left instanceof Dynamic && right instanceof Dynamic)) return false
  return (
    JSON.stringify(left.type) === JSON.stringify(right.type) &&
    valuesEqual(left.type, left.value as Raw, right.value as Raw)
  )
}

function membersEqual(type: Exclude<Type, string>, left: Raw, right: Raw): boolean {
  if (!isObject(left) || !isObject(right)) return false
  const names = Object.keys(type[0] === 'object' ? type[1] : left)
  if (type[0] === 'map' && names.length !== Object.keys(right).length) return false
  return names.every((name) => {
    if (type[0] === 'map' && !(name in right)) return false
    const member = type[0] === 'object' ? (type[1][name] as Type) : (type[1] as Type)
    return valuesEqual(member, left[name] ?? null, right[name] ?? null)
  })
}
