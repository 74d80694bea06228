import { Dynamic } from '../encoding/dynamic.ts'
import { numberText, type RawNumber, toDouble } from '../encoding/number.ts'
import { isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { Unknown } from '../encoding/unknown.ts'
import { fieldShape } from './field-shape.ts'
import { shapeOf } from './implied-type.ts'
import type { FieldSpec, FieldSpecs, NumberForm, Shape } from './spec.ts'

/** A whole object as its author sees it. */
export function fieldsToAuthor(fields: FieldSpecs, value: RawObject): { [name: string]: unknown } {
  const object: Record<string, unknown> = {}
  for (const name of Object.keys(fields)) {
    const member = value[name] ?? null
    object[name] = member === null ? null : toAuthor(fieldShape(fields[name] as FieldSpec), member)
  }
  return object
}

/** A value as the author sees it: plain JavaScript, with `Unknown` for what is not known. Always a copy. */
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
      return (value as readonly Raw[]).map((element) => toAuthor(shape.element, element))
    case 'tuple':
      return shape.elements.map((element, index) => toAuthor(element, (value as readonly Raw[])[index] ?? null))
    case 'map': {
      const map: Record<string, unknown> = Object.create(null)
      for (const [key, member] of Object.entries(value)) map[key] = toAuthor(shape.element, member)
      return map
    }
    case 'struct': {
      // The names of a dynamic object are the user's, `__proto__` among them: never assigned, always defined.
      return Object.fromEntries(
        Object.entries(shape.members).map(([name, member]) => [
          name,
          toAuthor(member, (value as RawObject)[name] ?? null),
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
    case 'integer':
      return toDouble(value)
    case 'decimal':
      return numberText(value)
    case 'bigint':
      return typeof value === 'bigint' ? value : BigInt(Math.trunc(toDouble(value)))
  }
}
