import { Unknown } from '../encoding/unknown.ts'
import { found } from './found.ts'
import { namedAttributes, naming } from './named-attributes.ts'
import type { Validator } from './spec.ts'

// Checks of single values. Each returns a sentence that names what was found and what was expected.

/** One of these values. */
export const oneOf = <T extends string | number>(...allowed: readonly T[]): Validator<Like<T>> => {
  notNone('oneOf', allowed)
  return (value, context) =>
    (allowed as readonly (string | number)[]).includes(value)
      ? undefined
      : `Found ${found(value, context)}, expected one of ${allowed.map((entry) => JSON.stringify(entry)).join(', ')}.`
}

/** Values of the type of these: `oneOf('a')` is for texts, `oneOf(1)` for numbers. */
type Like<T> = T extends string ? string : number

/** One of these texts, in lower or upper case. */
export const oneOfIgnoringCase = (...allowed: readonly string[]): Validator<string> => {
  notNone('oneOfIgnoringCase', allowed)
  return (value, context) =>
    allowed.some((entry) => entry.toLowerCase() === value.toLowerCase())
      ? undefined
      : `Found ${found(value, context)}, expected one of ${allowed.map((entry) => JSON.stringify(entry)).join(', ')} in lower or upper case.`
}

/** None of these values. */
export const noneOf =
  <T extends string | number>(...refused: readonly T[]): Validator<Like<T>> =>
  (value, context) =>
    (refused as readonly (string | number)[]).includes(value)
      ? `Found ${found(value, context)}, expected none of ${context.secret ? 'the refused ones' : refused.map((entry) => JSON.stringify(entry)).join(', ')}.`
      : undefined

/** A text of so many characters, counted as Unicode code points. */
export const lengthBetween = (min: number, max: number): Validator<string> => {
  inOrder('lengthBetween', min, max)
  return (value) => {
    const length = [...value].length
    return length < min || length > max
      ? `Found ${counted(length, 'character')}, expected ${range(min, max)}.`
      : undefined
  }
}

/** A text of at least so many characters. */
export const lengthAtLeast = (min: number): Validator<string> => lengthBetween(min, Number.POSITIVE_INFINITY)

/** A text of at most so many characters. */
export const lengthAtMost = (max: number): Validator<string> => lengthBetween(Number.NEGATIVE_INFINITY, max)

/** A text that matches a pattern; `expected` says in words what that is. */
export const matches =
  (pattern: RegExp, expected: string): Validator<string> =>
  (value, context) =>
    new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(value)
      ? undefined
      : `Found ${found(value, context)}, expected ${expected}.`

/** A number between two others, both included. */
export const between = (min: number, max: number): Validator<number> => {
  inOrder('between', min, max)
  return (value, context) =>
    value < min || value > max ? `Found ${found(value, context)}, expected ${range(min, max)}.` : undefined
}

/** A number of at least this. */
export const atLeast = (min: number): Validator<number> => between(min, Number.POSITIVE_INFINITY)

/** A number of at most this. */
export const atMost = (max: number): Validator<number> => between(Number.NEGATIVE_INFINITY, max)

/** So many elements in a list, set or map. */
export const sizeBetween = (min: number, max: number): Validator<object> => {
  inOrder('sizeBetween', min, max)
  return (value) => {
    const size = Object.keys(value).length
    return size < min || size > max ? `Found ${counted(size, 'element')}, expected ${range(min, max)}.` : undefined
  }
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

function notNone(name: string, choices: readonly unknown[]): void {
  if (choices.length === 0) throw new TypeError(`${name}(): no value passes. Name at least one.`)
}

function inOrder(name: string, min: number, max: number): void {
  if (!(min <= max)) throw new TypeError(`${name}(${min}, ${max}): no value passes. Name the smaller limit first.`)
}

/** At least so many elements. */
export const sizeAtLeast = (min: number): Validator<object> => sizeBetween(min, Number.POSITIVE_INFINITY)

/** At most so many elements. */
export const sizeAtMost = (max: number): Validator<object> => sizeBetween(Number.NEGATIVE_INFINITY, max)

/** No element of a list twice. Unknown elements may turn out to be anything. */
export const unique = (): Validator<readonly unknown[]> => uniqueBy((element) => element)

/**
 * No two elements with the same value of an attribute, `uniqueBy('name')`, or of what a function makes of them. Elements where
 * it is null or unknown do not count.
 */
export const uniqueBy = <T>(
  key: (T extends object ? keyof T & string : never) | ((element: T) => unknown),
): Validator<readonly (T | Unknown)[]> =>
  naming(typeof key === 'string' ? [key] : [], (value, { secret = false }) => {
    const seen = new Map<string, number>()
    for (const [index, element] of value.entries()) {
      if (element === Unknown) continue
      const identity =
        typeof key === 'function' ? key(element as T) : (element as Record<string, unknown>)[key as string]
      if (identity === null || identity === undefined || holdsUnknown(identity)) continue
      const text = keyText(identity)
      const before = seen.get(text)
      if (before !== undefined) {
        const what = typeof key === 'string' ? `have the same "${key}"` : 'are the same'
        return `Elements ${before + 1} and ${index + 1} ${what}${secret ? '' : `: ${text}`}. Expected each only once.`
      }
      seen.set(text, index)
    }
    return undefined
  })

const keyText = (value: unknown) =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member))

const holdsUnknown = (value: unknown): boolean =>
  value === Unknown || (typeof value === 'object' && value !== null && Object.values(value).some(holdsUnknown))

/** A check of every key of a map. */
export const keysAre =
  (check: Validator<string>): Validator<{ readonly [key: string]: unknown }> =>
  (value, context) => {
    for (const key of Object.keys(value)) {
      const problem = check(key, context)
      if (problem !== undefined) return context.secret ? `A key: ${problem}` : `Key ${JSON.stringify(key)}: ${problem}`
    }
    return undefined
  }

/** What passes at least one of these checks. */
export const any = <T>(...checks: readonly Validator<T>[]): Validator<T> => {
  notNone('any', checks)
  return naming(checks.flatMap(namedAttributes), (value, context) => {
    const problems = checks.map((check) => check(value, context))
    return problems.includes(undefined) ? undefined : problems.join(' Or: ')
  })
}

/** What passes all of these checks. For use inside `any`; `validate` takes several checks anyway. */
export const all = <T>(...checks: readonly Validator<T>[]): Validator<T> =>
  naming(checks.flatMap(namedAttributes), (value, context) => {
    const problems = checks.map((check) => check(value, context)).filter((problem) => problem !== undefined)
    return problems.length > 0 ? problems.join(' ') : undefined
  })

const range = (min: number, max: number) =>
  max === Number.POSITIVE_INFINITY
    ? `at least ${min}`
    : min === Number.NEGATIVE_INFINITY
      ? `at most ${max}`
      : `${min} to ${max}`

/** A check of every known element of a list or set. */
export const each =
  <T>(check: Validator<T>): Validator<readonly (T | Unknown)[]> =>
  (value, context) => {
    for (const [index, element] of value.entries()) {
      const problem = element === Unknown ? undefined : check(element as T, context)
      if (problem !== undefined) return `Element ${index + 1}: ${problem}`
    }
    return undefined
  }
