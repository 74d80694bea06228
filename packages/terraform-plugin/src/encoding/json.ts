import { Dynamic } from './dynamic.ts'
import { ExactNumber, numberText, parseNumber, type RawNumber } from './number.ts'
import { type Raw, rawObject } from './raw.ts'
import { parseType, type Type } from './type.ts'

/** JSON in which no number lost a digit: a bigint, or decimal text where neither number nor bigint is exact. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

const utf8 = new TextDecoder()

/** Reads JSON of which no schema is known. */
export function parseJson(bytes: Uint8Array): JsonValue {
  return withoutExactNumbers(parse(bytes))
}

/** Decodes a stored state by the type of its schema. Attributes the state lacks are null; unknown ones are left out. */
export function decodeJsonValue(type: Type, bytes: Uint8Array): Raw {
  return fromJson(type, parse(bytes), '')
}

type LosslessJson = null | boolean | string | RawNumber | LosslessJson[] | { [key: string]: LosslessJson }

function parse(bytes: Uint8Array): LosslessJson {
  return JSON.parse(utf8.decode(bytes), losslessNumbers)
}

/** For `JSON.parse`: numbers as `RawNumber`, to the last digit. The digits as written are in the third argument. */
export function losslessNumbers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? parseNumber(context?.source ?? String(value)) : value
}

function withoutExactNumbers(value: LosslessJson): JsonValue {
  if (value instanceof ExactNumber) return numberText(value)
  if (Array.isArray(value)) return value.map(withoutExactNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutExactNumbers(member)])),
  )
}

function fromJson(type: Type, value: LosslessJson | undefined, path: string): Raw {
  if (value === null || value === undefined) return null
  if (typeof type === 'string') return type === 'dynamic' ? fromDynamic(value, path) : primitive(type, value, path)
  switch (type[0]) {
    case 'list':
    case 'set':
      return array(value, type, path).map((element, index) => fromJson(type[1], element, `${path}[${index}]`))
    case 'tuple':
      return array(value, type, path).map((element, index) =>
        fromJson(type[1][index] ?? 'dynamic', element, `${path}[${index}]`),
      )
    case 'map':
      return rawObject(
        Object.entries(object(value, type, path)).map(([key, member]) => [
          key,
          fromJson(type[1], member, `${path}.${key}`),
        ]),
      )
    case 'object': {
      const members = object(value, type, path)
      return rawObject(
        Object.entries(type[1]).map(([name, member]) => [
          name,
          fromJson(member, Object.hasOwn(members, name) ? members[name] : null, `${path}.${name}`),
        ]),
      )
    }
  }
}

function primitive(type: 'string' | 'number' | 'bool', value: LosslessJson, path: string): Raw {
  const isNumber = typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactNumber
  if (type === 'number') {
    if (isNumber) return value
    if (typeof value === 'string') return parseNumber(value)
  }
  if (type === 'string' && typeof value === 'string') return value
  if (type === 'bool' && typeof value === 'boolean') return value
  throw mismatch(value, type, path)
}

function fromDynamic(value: LosslessJson, path: string): Raw {
  const { type: constraint, value: inner } = object(value, 'dynamic', path)
  const type = parseType(new TextEncoder().encode(JSON.stringify(constraint)))
  return new Dynamic(type, fromJson(type, inner, path))
}

function array(value: LosslessJson, type: Type, path: string): LosslessJson[] {
  if (!Array.isArray(value)) throw mismatch(value, type, path)
  return value
}

function object(value: LosslessJson, type: Type, path: string): { [key: string]: LosslessJson } {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof ExactNumber) {
    throw mismatch(value, type, path)
  }
  return value
}

function mismatch(value: LosslessJson, type: Type, path: string): TypeError {
  const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
  return new TypeError(`the stored state holds ${found} at ${path || 'its root'}, expected ${JSON.stringify(type)}`)
}
