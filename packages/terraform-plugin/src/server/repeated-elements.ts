import { setKeys } from '../encoding/equal.ts'
import { hasUnknown, isObject, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import { typeOf } from '../schema/implied-type.ts'
import type { Path } from '../schema/path.ts'
import type { FieldSpecs } from '../schema/spec.ts'

/**
 * The sets of a configuration, its defaults filled in, that hold an element twice. Terraform told such elements apart as
 * they were written, and would refuse the plan with a message about the provider.
 */
export function setsWithRepetitions(fields: FieldSpecs, value: RawObject, path: Path = []): Path[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const nested = nestedFields(fieldShape(field))
    const found = value[name] ?? null
    if (!nested || found === null || typeof found !== 'object') return []
    const at = [...path, name]
    if (nested.nesting === 'single') return isObject(found) ? setsWithRepetitions(nested.fields, found, at) : []
    const elements = Object.entries(found) as [string, Raw][]
    if (nested.nesting === 'set') {
      const known = elements.map(([, element]) => element).filter((element) => !hasUnknown(element))
      const keys = setKeys(typeOf({ kind: 'object', fields: nested.fields }), known)
      if (new Set(keys).size < keys.length) return [at]
    }
    return elements.flatMap(([key, element]) =>
      isObject(element)
        ? setsWithRepetitions(nested.fields, element, [...at, nested.nesting === 'map' ? key : Number(key)])
        : [],
    )
  })
}

const memory = new WeakMap<FieldSpecs, boolean>()

/** Whether there are sets of nested attributes or blocks, however deep. */
export function holdsSets(fields: FieldSpecs): boolean {
  let answer = memory.get(fields)
  if (answer === undefined) {
    answer = Object.values(fields).some((field) => {
      const nested = nestedFields(fieldShape(field))
      return nested !== undefined && (nested.nesting === 'set' || holdsSets(nested.fields))
    })
    memory.set(fields, answer)
  }
  return answer
}
