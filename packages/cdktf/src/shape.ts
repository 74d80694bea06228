import type { DataPath } from './data-path.ts'
import { Token } from './framework.ts'
import { isPlainObject } from './plain.ts'

/** What data from outside must look like. `name` is a text that is not empty, `secret` one that no message repeats. */
export type Shape = Word | List | MapOf | Fields | OneOf | Special

type Word = 'text' | 'name' | 'secret' | 'boolean' | 'number'

interface List {
  readonly list: Shape
}
interface MapOf {
  readonly map: Shape
}
export interface Fields {
  readonly fields: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  /** Names that people write by mistake, and what they mean. */
  readonly aliases?: Readonly<Record<string, string>>
}
/** The first whose kind fits decides about the rest; `expected` is for values that fit none. */
interface OneOf {
  readonly oneOf: readonly Shape[]
  readonly expected: string
}
/** A value that only a program can make, such as a construct. */
interface Special {
  readonly is: (value: unknown) => boolean
  readonly expected: string
}

/** The shape of each prop, complete by type: a prop that is added without one does not compile. */
export type PropShapes<Props> = { readonly [K in keyof Required<Props>]: Shape }

export interface Fault {
  readonly path: DataPath
  readonly message: string
  /** Something is missing at the path: nothing there has to be left out. */
  readonly missing?: boolean
}

export interface ShapeOptions {
  /**
   * What null means: nothing that is allowed, or that something is taken away, as in the layers of a fleet.
   * @default refused
   */
  readonly nulls?: 'refused' | 'remove'
  /**
   * Whether references of the framework may stand for values: a file can hold none.
   * @default true
   */
  readonly tokens?: boolean
}

/** For values that only a program can make: any object, of a class or not, that has a property. */
export const isObjectWith = (name: string) => (value: unknown) =>
  typeof value === 'object' && value !== null && name in value

/** The same for a property that is a text. */
export const isObjectWithText = (name: string) => (value: unknown) =>
  isObjectWith(name)(value) && typeof (value as Readonly<Record<string, unknown>>)[name] === 'string'

/** Every place where a value is not of the shape. */
export function faultsOf(value: unknown, shape: Shape, options: ShapeOptions = {}, path: DataPath = []): Fault[] {
  if (isToken(value)) return options.tokens === false ? [token(path, value)] : []
  if (typeof shape === 'string') {
    if (isOfWord(value, shape)) return []
    return [shape === 'secret' ? wrongSecret(path, value) : wrong(path, value, nameOf(shape))]
  }
  if ('is' in shape) return shape.is(value) ? [] : [wrong(path, value, shape.expected)]
  if ('oneOf' in shape) {
    const fitting = shape.oneOf.find((one) => fits(value, one))
    return fitting === undefined ? [wrong(path, value, shape.expected)] : faultsOf(value, fitting, options, path)
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return [wrong(path, value, nameOf(shape))]
    // A hole is nothing, too, and methods of arrays leave it out.
    return Array.from(value).flatMap((one, index) => faultsOf(one, shape.list, options, [...path, index]))
  }
  if (!isPlainObject(value)) return [wrong(path, value, nameOf(shape))]
  if ('map' in shape) {
    return Object.entries(value).flatMap(([key, one]) => {
      if (isToken(key) && options.tokens === false) return [token(path, key)]
      return one === undefined ? [] : faultsOf(one, shape.map, options, [...path, key])
    })
  }
  return fieldFaults(value, shape, options, path)
}

function fieldFaults(value: Readonly<Record<string, unknown>>, shape: Fields, options: ShapeOptions, path: DataPath) {
  const { fields, required = [] } = shape
  const missing = required.filter((name) => !Object.hasOwn(value, name) || value[name] == null)
  return [
    ...missing.map((name) => ({ path, message: `found no ${name}, expected one. Add ${name}.`, missing: true })),
    ...Object.entries(value).flatMap(([name, one]): Fault[] => {
      if (one === undefined) return []
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (field === undefined) return [unknownName([...path, name], name, shape)]
      if (missing.includes(name) || (one === null && options.nulls === 'remove')) return []
      return faultsOf(one, field, options, [...path, name])
    }),
  ]
}

/** The value without the places of the faults, as far as it can go on without them. */
export function withoutFaults<T>(value: T, faults: readonly Fault[]): T {
  const wrong = faults.filter(({ missing }) => !missing)
  const cleaned = wrong.reduce<unknown>((rest, { path }) => without(rest, path), value)
  return (wrong.some(({ path }) => path.some((step) => typeof step === 'number')) ? compact(cleaned) : cleaned) as T
}

function without(value: unknown, [step, ...rest]: DataPath): unknown {
  if (step === undefined) return undefined
  if (Array.isArray(value)) return value.map((one, index) => (index === step ? without(one, rest) : one))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === String(step) ? without(one, rest) : one]),
  )
}

function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== undefined).map(compact)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, compact(one)]))
}

/** True also for a text in which a number stands that is a reference. */
function isToken(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (Token.isUnresolved(value)) return true
  if (typeof value !== 'string') return false
  const numbers = value.match(/[-+\d.]+e[-+\d.]+/gi) ?? []
  return numbers.some((number) => Token.isUnresolved(Number(number)))
}

function fits(value: unknown, shape: Shape): boolean {
  // An empty name is still one, so that it is told as such.
  if (typeof shape === 'string') return typeof value === typeOf(shape)
  if ('is' in shape) return shape.is(value)
  if ('oneOf' in shape) return shape.oneOf.some((one) => fits(value, one))
  return 'list' in shape ? Array.isArray(value) : isPlainObject(value)
}

const typeOf = (shape: Word) => (shape === 'boolean' || shape === 'number' ? shape : 'string')

const isOfWord = (value: unknown, shape: Word) =>
  typeof value === typeOf(shape) && (shape !== 'name' || String(value).trim() !== '')

function nameOf(shape: Shape): string {
  if (shape === 'text' || shape === 'secret') return 'a string'
  if (shape === 'name') return 'a string that is not empty'
  if (shape === 'boolean') return 'true or false'
  if (shape === 'number') return 'a number'
  if ('expected' in shape) return shape.expected
  return 'list' in shape ? 'a list' : 'an object'
}

function wrong(path: DataPath, value: unknown, expected: string): Fault {
  return { path, message: `found ${shown(value)}, expected ${expected}. Change it.` }
}

function wrongSecret(path: DataPath, value: unknown): Fault {
  const found = value === null ? 'null' : `a value of the type ${Array.isArray(value) ? 'list' : typeof value}`
  return { path, message: `found ${found}, expected a string. Change it.` }
}

function token(path: DataPath, value: unknown): Fault {
  const found = `found ${shown(value)}, which refers to a value of the program`
  return { path, message: `${found}, expected plain data. Remove it: a file cannot refer to anything.` }
}

/** A found value for a message, cut to a readable length. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  // As JSON these would look like something else.
  if (value instanceof Date) return 'a Date'
  if (value instanceof Promise) return 'a promise'
  const boxed = [Map, Set, String, Number, Boolean].find((one) => value instanceof one)
  if (boxed) return `a ${boxed.name} object`
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  try {
    return JSON.stringify(value)?.slice(0, 80) ?? typeof value
  } catch {
    // Constructs refer to each other in circles.
    return value?.constructor?.name ?? typeof value
  }
}

function unknownName(path: DataPath, name: string, { fields, aliases = {} }: Fields): Fault {
  const known = Object.keys(fields)
  const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined
  const meant = alias ?? known.find((one) => plain(one) === plain(name)) ?? known.find((one) => isTypo(name, one))
  const fix = meant === undefined ? 'Remove it.' : `Write ${meant}.`
  return { path, message: `found a setting that does not exist, expected one of ${known.join(', ')}. ${fix}` }
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '')

/** One letter too many, too few, wrong, or two letters swapped. */
function isTypo(found: string, meant: string): boolean {
  if (meant.length < 4 || Math.abs(found.length - meant.length) > 1) return false
  let start = 0
  while (start < meant.length && found[start] === meant[start]) start += 1
  const [a, b] = [found.slice(start), meant.slice(start)]
  const swapped = a.length === b.length && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
}
