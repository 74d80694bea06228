import { valuesEqual } from '../encoding/equal.ts'
import { hasUnknown, isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { writtenKey } from '../schema/agreement.ts'
import { assign } from '../schema/assign.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import { typeOf } from '../schema/implied-type.ts'
import type { Path } from '../schema/path.ts'
import { groupsOf } from '../schema/same-value.ts'
import { holdsSecrets, isSecret } from '../schema/secret-fields.ts'
import type { FieldSpec, FieldSpecs } from '../schema/spec.ts'
import { toAuthor } from '../schema/to-author.ts'

export interface BrokenPromise {
  readonly path: Path
  readonly planned: unknown
  readonly applied: unknown
  readonly secret: boolean
}

/** Where the result of an apply differs from what the plan promised. */
export function brokenPromises(
  fields: FieldSpecs,
  planned: RawObject,
  applied: RawObject,
  path: Path = [],
  insideSecret = false,
): BrokenPromise[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    compare(field, planned[name] ?? null, applied[name] ?? null, [...path, name], insideSecret || isSecret(field)),
  )
}

function compare(field: FieldSpec, planned: Raw, applied: Raw, path: Path, secret: boolean): BrokenPromise[] {
  if (isUnknown(planned)) return []
  const shape = fieldShape(field)
  if (valuesEqual(typeOf(shape), planned, applied)) return []
  const nested = nestedFields(shape)
  if (nested?.nesting === 'single' && isObject(planned) && isObject(applied)) {
    return brokenPromises(nested.fields, planned, applied, path, secret)
  }
  if (nested && sameKeys(planned, applied)) {
    if (nested.nesting === 'set') {
      const kept = hasUnknown(planned) && eachKept(nested.fields, planned as readonly Raw[], applied as readonly Raw[])
      return kept ? [] : [broken(field, planned, applied, path, secret)]
    }
    return Object.entries(planned as RawObject).flatMap(([key, element]) => {
      const other = (applied as RawObject)[key]
      if (!isObject(element) || !isObject(other)) return []
      return brokenPromises(
        nested.fields,
        element,
        other,
        [...path, nested.nesting === 'list' ? Number(key) : key],
        secret,
      )
    })
  }
  if (hasUnknown(planned) && !nested) return []
  return [broken(field, planned, applied, path, secret)]
}

/** Whether each planned element of a set became one of the applied ones. */
function eachKept(fields: FieldSpecs, planned: readonly Raw[], applied: readonly Raw[]): boolean {
  const keyOf = writtenKey(fields)
  const groups = groupsOf(applied.keys(), (index) => keyOf(applied[index] ?? null))
  const kept = assign(planned.keys(), (index) => ({
    all: groups.get(keyOf(planned[index] ?? null)) ?? [],
    fits: (other) => {
      const [promised, found] = [planned[index], applied[other]]
      return isObject(promised) && isObject(found) && brokenPromises(fields, promised, found).length === 0
    },
  }))
  return kept.size === planned.length
}

function broken(field: FieldSpec, planned: Raw, applied: Raw, path: Path, secret: boolean): BrokenPromise {
  const shape = fieldShape(field)
  return {
    path,
    planned: toAuthor(shape, planned),
    applied: toAuthor(shape, applied),
    secret: secret || holdsSecrets({ field }),
  }
}

function sameKeys(left: Raw, right: Raw): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => key in right)
}
