import { Changes, sameOr } from '../encoding/changes.ts'
import { Dynamic } from '../encoding/dynamic.ts'
import { setKeys } from '../encoding/equal.ts'
import { ExactNumber, parseNumber, type RawNumber, toDouble } from '../encoding/number.ts'
import { hasUnknown, isObject, isUnknown, type Raw, type RawObject, rawObject, UnknownValue } from '../encoding/raw.ts'
import { Unknown } from '../encoding/unknown.ts'
import { hasMembers, hasSomeMember, insteadOf, isPlain, memberOf, objectWords } from './author-object.ts'
import { fieldShape, isInAnyOrder } from './field-shape.ts'
import { shapeOf, typeOf } from './implied-type.ts'
import { keepSpelling, samePartners } from './keep-spelling.ts'
import { keyedPartners, sameElement } from './keyed-partners.ts'
import { formatPath, type Path } from './path.ts'
import { ruleAt } from './rule-error.ts'
import type { AttributeSpec, FieldSpec, FieldSpecs, ListShape, NumberForm, Shape, TupleShape } from './spec.ts'

/** A value an author returned that does not fit the schema. */
export class AuthorError extends Error {
  readonly path: Path

  constructor(path: Path, message: string) {
    super(message)
    this.name = 'AuthorError'
    this.path = path
  }
}

export interface FromAuthorOptions {
  /** Whether everything must be known, as in a state. Otherwise unknown values pass, as in a plan. */
  readonly known: boolean
  /** Whether attributes may be missing although nothing else knows them: they become null. */
  readonly partial?: boolean
  /** Whether elements of collections may be null, as Terraform allows inside dynamic values only. */
  readonly nullElements?: boolean
}

/**
 * Turns what an author returned into a value for Terraform. What is left out comes from `base` (the plan, or the state
 * before); a number or dynamic value that looks like its base keeps the base's exact form, and what is as in the base
 * altogether is the base itself.
 */
export function fieldsFromAuthor(
  fields: FieldSpecs,
  value: unknown,
  base: RawObject | undefined,
  options: FromAuthorOptions,
  path: Path = [],
): RawObject {
  const given = objectOf(value, Object.keys(fields), path)
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fields, name) && memberOf(given, name) !== undefined) {
      throw new AuthorError(path, `"${name}" is not in the schema, which has: ${Object.keys(fields).join(', ')}.`)
    }
  }
  const result = new Changes(base ?? nothing)
  for (const name of Object.keys(fields)) {
    const field = fields[name] as FieldSpec
    const at = [...path, name]
    const member = memberOf(given, name)
    const before = base?.[name]
    result.set(
      name,
      'block' in field
        ? blockFromAuthor(field.block.nesting, fieldShape(field), member, before, options, at)
        : attributeFromAuthor(field.attribute, member, before, options, at),
    )
  }
  return result.result
}

const nothing = rawObject([])

/** Whether a value is null, also as one of a type of its own. */
export const isNull = (value: Raw): boolean => value === null || (value instanceof Dynamic && value.value === null)

/** What an author returned for an object whose members have names. */
function objectOf(value: unknown, names: readonly string[], path: Path): object {
  if (!hasMembers(value)) throw wrong(path, value, 'an object')
  if (!hasSomeMember(value, names)) throw wrong(path, value, `an object with ${names.join(', ') || 'no members'}`)
  return value
}

function attributeFromAuthor(
  spec: AttributeSpec,
  value: unknown,
  base: Raw | undefined,
  options: FromAuthorOptions,
  path: Path,
): Raw {
  // A write-only value is never stored, whatever the author echoes.
  if (spec.writeOnly) return null
  const returned = fromAuthor(spec.shape, value, base, options, path)
  const raw = ruleAt(path, () => keepSpelling(spec.shape, base ?? null, returned))
  // Null stays null: after an import, and where a release of the provider has just added the attribute, the plan that
  // follows puts a value there.
  if (isNull(raw) && base !== null && spec.computed && !spec.nullable && options.known && !options.partial) {
    throw new AuthorError(
      path,
      'The value is null, but the schema promises one. Return a value, or declare it `.nullable()`.',
    )
  }
  return raw
}

function blockFromAuthor(
  nesting: 'single' | 'list' | 'set',
  shape: Shape,
  value: unknown,
  base: Raw | undefined,
  options: FromAuthorOptions,
  path: Path,
): Raw {
  const returned = fromAuthor(shape, value, base, options, path)
  const raw = ruleAt(path, () => keepSpelling(shape, base ?? null, returned))
  return raw === null && nesting !== 'single' ? [] : raw
}

/** Turns one value into Terraform's form. */
export function fromAuthor(
  shape: Shape,
  value: unknown,
  base: Raw | undefined,
  options: FromAuthorOptions,
  path: Path,
): Raw {
  if (value === undefined) return missing(base, options, path)
  // A null inside a dynamic value has a type of its own, which its author does not see.
  if (value === null) return base instanceof Dynamic && base.value === null ? base : null
  if (value === Unknown) {
    if (options.known)
      throw new AuthorError(path, 'The value is still unknown, but this is the last moment to know it. Return a value.')
    return isUnknown(base) ? base : UnknownValue.plain
  }
  switch (shape.kind) {
    case 'string':
      if (value === base) return base
      if (typeof value !== 'string') throw wrong(path, value, 'a string')
      return normalText(value)
    case 'bool':
      if (typeof value !== 'boolean') throw wrong(path, value, 'true or false')
      return value
    case 'number':
      return numberFromAuthor(shape.form, value, base, path)
    case 'dynamic':
      return dynamicFromAuthor(value, base, options, path)
    case 'list':
    case 'set':
    case 'tuple':
      return elementsFromAuthor(shape, value, base, options, path)
    case 'map':
      return mapFromAuthor(shape.element, value, base, options, path)
    case 'struct':
      return structFromAuthor(shape.members, value, base, options, path)
    case 'object':
      return fieldsFromAuthor(shape.fields, value, isObject(base) ? base : undefined, options, path)
  }
}

function missing(base: Raw | undefined, options: FromAuthorOptions, path: Path): Raw {
  if (base === undefined) return null
  if (options.known && hasUnknown(base)) {
    if (options.partial) return knownPart(base)
    throw new AuthorError(path, 'The value is missing. The plan does not know it, so it must be returned.')
  }
  return base
}

/** A value with everything unknown in it replaced by null. */
export function knownPart(value: Raw): Raw {
  if (isUnknown(value)) return null
  if (Array.isArray(value)) return value.map(knownPart)
  if (isObject(value)) return rawObject(Object.entries(value).map(([name, member]) => [name, knownPart(member)]))
  if (value instanceof Dynamic) return hasUnknown(value) ? null : value
  return value
}

function numberFromAuthor(form: NumberForm, value: unknown, base: Raw | undefined, path: Path): Raw {
  if (form === 'bigint') {
    if (typeof value !== 'bigint') throw wrong(path, value, 'a bigint')
    return parseNumber(String(value))
  }
  if (form === 'decimal') {
    if (typeof value !== 'string') throw wrong(path, value, 'a number as decimal text')
    try {
      return parseNumber(value)
    } catch {
      throw wrong(path, value, 'a number as decimal text')
    }
  }
  // The double the author saw stands for more digits than it holds, or for a number no double is large enough for.
  if (isNumber(base) && typeof base !== 'number' && toDouble(base) === value) return base
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(path, value, 'a finite number')
  if (form === 'integer' && !Number.isSafeInteger(value)) throw wrong(path, value, 'a whole number within ±2^53')
  return parseNumber(String(value))
}

/** Terraform stores NFC, of map keys too; comparing anything else with it would find a difference that is none. */
const normalText = (text: string) => text.toWellFormed().normalize('NFC')

const isNumber = (value: Raw | undefined): value is RawNumber =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactNumber

function dynamicFromAuthor(value: unknown, base: Raw | undefined, options: FromAuthorOptions, path: Path): Raw {
  if (!(value instanceof Dynamic)) throw wrong(path, value, 'a value made by dynamic()')
  const sameType = base instanceof Dynamic && JSON.stringify(base.type) === JSON.stringify(value.type)
  const inner = fromAuthor(
    shapeOf(value.type),
    value.value,
    sameType ? (base.value as Raw) : undefined,
    { ...options, nullElements: true },
    path,
  )
  return new Dynamic(value.type, inner)
}

function elementsFromAuthor(
  shape: ListShape | TupleShape,
  value: unknown,
  base: Raw | undefined,
  options: FromAuthorOptions,
  path: Path,
): Raw {
  if (!Array.isArray(value)) throw wrong(path, value, 'an array')
  if (shape.kind === 'tuple' && value.length !== shape.elements.length) {
    throw wrong(path, value, `an array of ${shape.elements.length} elements`)
  }
  const bases = Array.isArray(base) ? (base as readonly Raw[]) : []
  const partners =
    shape.kind === 'tuple'
      ? bases
      : isInAnyOrder(shape) && shape.elementKey === undefined
        ? alikeBases(shape.element, value, bases, path)
        : keyedBases(shape, value, bases, options, path)
  // Not `map`, which leaves out places that were never set.
  const elements = Array.from(value, (element: unknown, index) => {
    if (element === undefined) throw wrong([...path, index], element, 'a value')
    if (shape.kind !== 'tuple') refuseNull(element, partners[index], options, [...path, index])
    const elementShape = shape.kind === 'tuple' ? (shape.elements[index] as Shape) : shape.element
    return fromAuthor(elementShape, element, partners[index], options, [...path, index])
  })
  const same = sameOr(bases, elements)
  if (Array.isArray(base) && same === bases) return bases
  return shape.kind === 'set' ? eachOnce(shape.element, elements, path) : same
}

/**
 * The elements of a set, each once. Where they have nested attributes, two that are the same were two before the provider set what is
 * computed in them: Terraform would drop one without a word.
 */
function eachOnce(element: Shape, elements: readonly Raw[], path: Path): readonly Raw[] {
  if (elements.length < 2) return elements
  const keys = setKeys(typeOf(element), elements)
  const places = new Map(keys.map((key, index) => [key, index]))
  if (places.size === elements.length) return elements
  // What is not known yet may still differ.
  const repeated = (index: number) =>
    keys.indexOf(keys[index] as string) < index && !hasUnknown(elements[index] ?? null)
  if (element.kind !== 'object') return elements.filter((_, index) => !repeated(index))
  const second = elements.findIndex((_, index) => repeated(index))
  if (second < 0) return elements
  throw new AuthorError(
    path,
    `${formatPath(path)} has the same element twice, at ${keys.indexOf(keys[second] as string)} and ${second}, but a set holds each only once. Return it once, or tell the two apart by an attribute.`,
  )
}

/** What elements that have no place are completed from: those that the user would have to write alike. */
function alikeBases(
  element: Shape,
  value: readonly unknown[],
  bases: readonly Raw[],
  path: Path,
): readonly (Raw | undefined)[] {
  if (element.kind !== 'object' || bases.length === 0) return []
  const given = value.map((one, index) =>
    one === undefined ? null : fromAuthor(element, one, undefined, { known: false, partial: true }, [...path, index]),
  )
  const found: (Raw | undefined)[] = []
  for (const [base, index] of ruleAt(path, () => samePartners(element, bases, given))) found[index] = bases[base]
  return found
}

/**
 * What the elements of a list are completed from: in a list with a key the element of the same key, wherever it was; an element
 * without its key is the one at its position.
 */
function keyedBases(
  { element, elementKey }: ListShape,
  value: readonly unknown[],
  bases: readonly Raw[],
  options: FromAuthorOptions,
  path: Path,
): readonly (Raw | undefined)[] {
  const field = element.kind === 'object' && elementKey !== undefined ? element.fields[elementKey] : undefined
  if (element.kind !== 'object' || elementKey === undefined || !field) return bases
  const keys = value.map((one, index) => {
    const key = typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[elementKey] : undefined
    if (key === undefined) return bases[index] ?? null
    const raw = fromAuthor(fieldShape(field), key, undefined, options, [...path, index, elementKey])
    return rawObject([[elementKey, raw]])
  })
  const partners = ruleAt(path, () => keyedPartners(element.fields, elementKey, keys, bases))
  return keys.map((key, index) => {
    const here = bases[index]
    // A key that occurs twice still tells that nothing moved, where all of them are there.
    const stayed = value.length === bases.length && sameElement(element.fields, elementKey, key, here)
    return partners[index] ?? (stayed ? here : undefined)
  })
}

/** Collections hold no null, as the author's types promise. One that is stored already stays: reading must not fail for it. */
function refuseNull(element: unknown, base: Raw | undefined, options: FromAuthorOptions, path: Path): void {
  if (element !== null || base === null || options.nullElements) return
  throw new AuthorError(path, `${formatPath(path)} is null, expected a value. Leave the element out instead.`)
}

function mapFromAuthor(
  element: Shape,
  value: unknown,
  base: Raw | undefined,
  options: FromAuthorOptions,
  path: Path,
): Raw {
  if (!isPlain(value)) throw wrong(path, value, 'a plain object')
  const bases = isObject(base) ? base : nothing
  const given = Object.entries(value)
  const map = rawObject(
    given.map(([name, member]) => {
      const key = normalText(name)
      if (member === undefined) throw wrong([...path, key], member, 'a value')
      const before = Object.hasOwn(bases, key) ? bases[key] : undefined
      refuseNull(member, before, options, [...path, key])
      return [key, fromAuthor(element, member, before, options, [...path, key])]
    }),
  )
  const keys = Object.keys(map)
  const same = keys.length === Object.keys(bases).length && keys.every((key) => map[key] === bases[key])
  return same && isObject(base) ? base : map
}

function structFromAuthor(
  members: { readonly [name: string]: Shape },
  value: unknown,
  base: Raw | undefined,
  options: FromAuthorOptions,
  path: Path,
): Raw {
  const object = objectOf(value, Object.keys(members), path)
  const given = Object.fromEntries(Object.entries(object).map(([name, member]) => [normalText(name), member]))
  const extra = Object.keys(given).find((name) => !Object.hasOwn(members, name))
  if (extra !== undefined) throw new AuthorError([...path, extra], 'The member is not in the type of the object.')
  const bases = isObject(base) ? base : {}
  return rawObject(
    Object.entries(members).map(([name, shape]) => [
      name,
      fromAuthor(shape, memberOf(given, name) ?? memberOf(object, name) ?? null, bases[name], options, [...path, name]),
    ]),
  )
}

function wrong(path: Path, found: unknown, expected: string): AuthorError {
  return new AuthorError(
    path,
    `${formatPath(path) || 'The result'} is ${described(found)}, expected ${expected}.${insteadOf(found)}`,
  )
}

/** What a value is, without the value itself, which may be a secret. */
function described(found: unknown): string {
  if (found === undefined) return 'nothing'
  if (found === null) return 'null'
  if (Array.isArray(found)) return `an array of ${found.length}`
  switch (typeof found) {
    case 'object':
      return found instanceof Promise ? 'a promise' : objectWords(found)
    case 'number':
      if (!Number.isFinite(found)) return Number.isNaN(found) ? 'NaN' : 'an infinite number'
      return Number.isInteger(found) ? `a number${Number.isSafeInteger(found) ? '' : ' beyond ±2^53'}` : 'a fraction'
    default:
      return `a ${typeof found}`
  }
}

/** Turns a default or another value written by the author into Terraform's form, once, when the schema is defined. */
export function constant(shape: Shape, value: unknown, path: Path): Raw {
  return fromAuthor(shape, withNestedDefaults(shape, value), undefined, { known: true }, path)
}

/** A value of an author with the defaults of nested attributes where it has none: the user would get them too. */
export function withNestedDefaults(shape: Shape, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value) !== (shape.kind === 'list' || shape.kind === 'set')) return value
  switch (shape.kind) {
    case 'list':
    case 'set':
      return (value as unknown[]).map((element) => withNestedDefaults(shape.element, element))
    case 'map':
      if (!isPlain(value)) return value
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [key, withNestedDefaults(shape.element, member)]),
      )
    case 'object': {
      if (!hasMembers(value) || !hasSomeMember(value, Object.keys(shape.fields))) return value
      const completed: Record<string, unknown> = { ...value }
      for (const [name, field] of Object.entries(shape.fields)) {
        if (!('attribute' in field)) continue
        const given = memberOf(value, name)
        const member = given ?? field.attribute.default?.value ?? given
        if (member !== undefined) completed[name] = withNestedDefaults(field.attribute.shape, member)
      }
      return completed
    }
    default:
      return value
  }
}
