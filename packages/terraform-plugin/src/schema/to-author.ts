import { Dynamic } from '../encoding/dynamic.ts'
import { numberText, type RawNumber, toDouble } from '../encoding/number.ts'
import { isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { Unknown } from '../encoding/unknown.ts'
import { fieldShape } from './field-shape.ts'
import { shapeOf } from './implied-type.ts'
import type { Path } from './path.ts'
import type { FieldSpec, FieldSpecs, NumberForm, Shape } from './spec.ts'

/** A number that the schema does not allow, such as a fraction in a state from before the attribute was whole. */
export class NumberFormError extends Error {
  readonly path: Path

  constructor(message: string, path: Path = []) {
    super(message)
    this.name = 'NumberFormError'
    this.path = path
  }
}

const below = (error: unknown, step: string | number) =>
  error instanceof NumberFormError ? new NumberFormError(error.message, [step, ...error.path]) : error

/** A whole object as its author sees it. */
export function fieldsToAuthor(fields: FieldSpecs, value: RawObject): { [name: string]: unknown } {
  const object: Record<string, unknown> = {}
  for (const name of Object.keys(fields)) {
    const member = value[name] ?? null
    object[name] = member === null ? null : memberToAuthor(fieldShape(fields[name] as FieldSpec), member, name)
  }
  return object
}

function memberToAuthor(shape: Shape, value: Raw, step: string | number): unknown {
  try {
    return toAuthor(shape, value)
  } catch (error) {
    throw below(error, step)
  }
}

/**
 * A value as the author sees it: plain JavaScript, with `Unknown` for what is not known. Always a copy. Throws a
 * `NumberFormError` where a number is not whole although the schema promises that.
 */
export function toAuthor(shape: Shape, value: Raw): unknown {
  if (value === null) return null
  if (isUnknown(value)) return Unknown
  switch (shape.kind) {
    case 'string':
    case 'bool':
      return value
    case 'number':
      return authorNumber(shape.form, value as RawNumber)
    case 'dynamic': {
      const { type, value: inner } = value as Dynamic
      const known = toAuthor(shapeOf(type), inner as Raw)
      return known === null || known === Unknown ? known : new Dynamic(type, known)
    }
    case 'list':
    case 'set':
      return (value as readonly Raw[]).map((element, index) => memberToAuthor(shape.element, element, index))
    case 'tuple':
      return shape.elements.map((element, index) =>
        memberToAuthor(element, (value as readonly Raw[])[index] ?? null, index),
      )
    case 'map': {
      const map: Record<string, unknown> = Object.create(null)
      for (const [key, member] of Object.entries(value)) map[key] = memberToAuthor(shape.element, member, key)
      return map
    }
    case 'struct': {
      // The names of a dynamic object are the user's, `__proto__` among them: never assigned, always defined.
      return Object.fromEntries(
        Object.entries(shape.members).map(([name, member]) => [
          name,
          memberToAuthor(member, (value as RawObject)[name] ?? null, name),
        ]),
      )
    }
    case 'object':
      return fieldsToAuthor(shape.fields, value as RawObject)
  }
}

function authorNumber(form: NumberForm, value: RawNumber): unknown {
  switch (form) {
    case 'number':
      return toDouble(value)
    case 'integer':
      if (!Number.isSafeInteger(value)) throw notWhole(value, 'within ±2^53')
      return value
    case 'decimal':
      return numberText(value)
    case 'bigint':
      if (typeof value === 'bigint') return value
      // Never rounded: half a number is another number.
      if (typeof value !== 'number' || !Number.isInteger(value)) throw notWhole(value, 'of any size')
      return BigInt(value)
  }
}

const notWhole = (value: RawNumber, which: string) =>
  new NumberFormError(`Found ${numberText(value)}, expected a whole number ${which}.`)
