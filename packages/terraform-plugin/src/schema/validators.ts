import { Unknown } from '../encoding/unknown.ts'
import type { Validator } from './spec.ts'

// Checks of single values. Each returns a sentence that names what was found and what was expected.

/** One of these values. */
export const oneOf =
  <T extends string | number>(...allowed: readonly T[]): Validator<string | number> =>
  (value) =>
    (allowed as readonly (string | number)[]).includes(value)
      ? undefined
      : `Found ${JSON.stringify(value)}, expected one of ${allowed.map((entry) => JSON.stringify(entry)).join(', ')}.`

/** A text of so many characters, counted as Unicode code points. */
export const lengthBetween =
  (min: number, max: number): Validator<string> =>
  (value) => {
    const length = [...value].length
    return length < min || length > max ? `Found ${length} characters, expected ${min} to ${max}.` : undefined
  }

/** A text that matches a pattern; `expected` says in words what that is. */
export const matches =
  (pattern: RegExp, expected: string): Validator<string> =>
  (value) =>
    new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(value)
      ? undefined
      : `Found ${JSON.stringify(value)}, expected ${expected}.`

/** A number between two others, both included. */
export const between =
  (min: number, max: number): Validator<number> =>
  (value) =>
    value < min || value > max ? `Found ${value}, expected ${min} to ${max}.` : undefined

/** So many elements in a list, set or map. */
export const sizeBetween =
  (min: number, max: number): Validator<object> =>
  (value) => {
    const size = Object.keys(value).length
    return size < min || size > max ? `Found ${size} elements, expected ${min} to ${max}.` : undefined
  }

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
