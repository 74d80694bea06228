import { isObject, isUnknown, type Raw, type RawObject, rawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import type { FieldSpec, FieldSpecs } from '../schema/spec.ts'
import type { Named } from './check-combinations.ts'

/**
 * A configuration without what its checks would refuse: an API often answers with attributes that must not be set together. Of
 * those the first is kept; what requires one that was dropped is dropped too. At any depth.
 */
export function withoutRivals(fields: FieldSpecs, checks: readonly Named[], config: RawObject): RawObject {
  let result = config
  for (const { rule, attributes, inside } of checks) {
    if (rule !== 'within') continue
    for (const name of attributes) result = replaceAt(fields, result, steps(name), eachObject(inside))
  }
  const dropped = new Set<string>()
  const drop = (names: readonly string[]) => {
    for (const name of names) {
      const next = replaceAt(fields, result, steps(name), emptyUnlessRequired)
      if (next === result) continue
      result = next
      dropped.add(name)
    }
  }
  const isSet = (name: string) => !isEmpty(valueAt(result, steps(name)))
  for (let before = -1; dropped.size > before; ) {
    before = dropped.size
    for (const { rule, attributes } of checks) {
      const [first = '', ...others] = attributes
      if (rule === 'exactlyOneOf' || rule === 'conflicting') drop(attributes.filter(isSet).slice(1))
      if (rule === 'conflictsWith' && isSet(first)) drop(others.filter(isSet))
      if (rule === 'alsoRequires' && others.some((name) => dropped.has(name))) drop([first])
      if (rule === 'requiredTogether' && attributes.some((name) => dropped.has(name))) drop(attributes.filter(isSet))
    }
  }
  return result
}

type Replace = (field: FieldSpec, value: Raw) => Raw

const steps = (name: string) => name.split('.')

const isEmpty = (value: Raw) => value === null || (Array.isArray(value) && value.length === 0)

const emptyUnlessRequired: Replace = (field, value) => {
  if ('attribute' in field) return field.attribute.required ? value : null
  return field.block.min > 0 ? value : field.block.nesting === 'single' ? null : []
}

/** The same inside each object of a nested attribute or block. */
function eachObject(inside: readonly Named[]): Replace {
  return (field, value) => {
    const nested = nestedFields(fieldShape(field))
    if (!nested || value === null || isUnknown(value)) return value
    const one = (element: Raw): Raw => (isObject(element) ? withoutRivals(nested.fields, inside, element) : element)
    if (nested.nesting === 'single') return one(value)
    if (Array.isArray(value)) return (value as readonly Raw[]).map(one)
    return isObject(value) ? rawObject(Object.entries(value).map(([key, element]) => [key, one(element)])) : value
  }
}

function valueAt(config: RawObject, path: readonly string[]): Raw {
  let value: Raw = config
  for (const step of path) value = isObject(value) ? (value[step] ?? null) : null
  return value
}

/** A copy with the value at a path replaced, or the object itself where there is none. */
function replaceAt(
  fields: FieldSpecs,
  config: RawObject,
  [name = '', ...rest]: readonly string[],
  replace: Replace,
): RawObject {
  const [field, value] = [fields[name], config[name] ?? null]
  if (!field || isEmpty(value)) return config
  const nested = nestedFields(fieldShape(field))
  const next =
    rest.length === 0
      ? replace(field, value)
      : nested && isObject(value)
        ? replaceAt(nested.fields, value, rest, replace)
        : value
  if (next === value) return config
  return rawObject(Object.entries(config).map(([key, member]) => [key, key === name ? next : member]))
}
