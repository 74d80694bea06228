import type { DataPath } from './data-path.ts'

/** What data from outside must look like. */
export type Shape =
  | 'text'
  | 'boolean'
  | 'number'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | {
      readonly fields: Readonly<Record<string, Shape>>
      readonly required?: readonly string[]
      readonly nulls?: boolean
    }

export type Fault = { readonly path: DataPath; readonly message: string }

/** Every place where a value is not of the shape. */
export function faultsOf(value: unknown, shape: Shape, path: DataPath = []): Fault[] {
  if (typeof shape === 'string') {
    const type = shape === 'text' ? 'string' : shape
    return typeof value === type ? [] : [wrong(path, value, shape === 'boolean' ? 'true or false' : `a ${shape}`)]
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return [wrong(path, value, 'a list')]
    return value.flatMap((one, index) => faultsOf(one, shape.list, [...path, index]))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [wrong(path, value, 'names with values')]
  if ('map' in shape) return Object.entries(value).flatMap(([key, one]) => faultsOf(one, shape.map, [...path, key]))
  return fieldFaults(value as Readonly<Record<string, unknown>>, shape, path)
}

function fieldFaults(
  value: Readonly<Record<string, unknown>>,
  shape: Extract<Shape, { fields: unknown }>,
  path: DataPath,
): Fault[] {
  const { fields, required = [], nulls = false } = shape
  const missing = required.filter((name) => value[name] === undefined || value[name] === null)
  return [
    ...missing.map((name) => ({ path, message: `found no ${name}, expected one. Add ${name}.` })),
    ...Object.entries(value).flatMap(([name, one]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (missing.includes(name)) return []
      if (!field) return [unknownName([...path, name], name, Object.keys(fields))]
      return one === undefined || (nulls && one === null) ? [] : faultsOf(one, field, [...path, name])
    }),
  ]
}

function wrong(path: DataPath, value: unknown, expected: string): Fault {
  const found = value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 80) ?? typeof value)
  return { path, message: `found ${found}, expected ${expected}. Change it.` }
}

function unknownName(path: DataPath, name: string, known: readonly string[]): Fault {
  const same = (one: string) => one.toLowerCase().replace(/[^a-z]/g, '')
  const meant = known.find((one) => same(one) === same(name))
  const fix = meant === undefined ? `Remove it.` : `Write ${meant}.`
  return { path, message: `found a setting that does not exist, expected one of ${known.join(', ')}. ${fix}` }
}
