// What an author returns as an object. `Object.entries` finds nothing in a Map or in a class with private fields, and an object
// without entries is a value: it would be stored empty, without a word.

/** Whether a value has members by name: a plain object, or an instance of a class of the author's. Not a Map, a Date and their kin. */
export function hasMembers(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]'
}

/** Whether a value is an object and nothing more, also one of another realm: all that it holds is among its entries. */
export function isPlain(value: unknown): value is object {
  if (!hasMembers(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** A member by its name, also where the class of an object has a getter for it; undefined where there is none. */
export function memberOf(object: object, name: string): unknown {
  return hasMember(object, name) ? (object as Record<string, unknown>)[name] : undefined
}

/** Whether an object has one of these members. A plain one without any is the empty object. */
export const hasSomeMember = (object: object, names: readonly string[]): boolean =>
  isPlain(object) || names.some((name) => hasMember(object, name))

const hasMember = (object: object, name: string) =>
  Object.hasOwn(object, name) || (name in object && !(name in Object.prototype))

/** What kind of object a value is, in words, and how it is turned into what a schema takes. */
export function objectWords(object: object): string {
  const tag = Object.prototype.toString.call(object).slice('[object '.length, -1)
  if (tag !== 'Object') return `${/^[aeio]/i.test(tag) ? 'an' : 'a'} ${tag}`
  const maker = object.constructor
  const named = typeof maker === 'function' && maker !== Object && maker.name !== ''
  return named ? `an instance of ${maker.name}` : 'an object'
}

/** What to return instead of an object that a schema has no form for; empty where that is plain. */
export function insteadOf(object: unknown): string {
  if (object instanceof Map) return ' Return Object.fromEntries(map).'
  if (object instanceof Set) return ' Return [...set].'
  return ''
}
