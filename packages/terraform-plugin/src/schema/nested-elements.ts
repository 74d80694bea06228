import { Changes, sameOr } from '../encoding/changes.ts'
import { isObject, type Raw } from '../encoding/raw.ts'
import type { Nested } from './field-shape.ts'

/**
 * Replaces the objects of a nested attribute; `key` is undefined for a single one. Where nothing is replaced, the value itself is
 * returned.
 */
export function eachElement(
  { nesting }: Nested,
  value: Raw,
  replace: (element: Raw, key: string | number | undefined) => Raw,
): Raw {
  if (nesting === 'single') return replace(value, undefined)
  if (Array.isArray(value)) {
    const elements: readonly Raw[] = value
    return sameOr(elements, elements.map(replace))
  }
  if (!isObject(value)) return value
  const changes = new Changes(value)
  for (const [key, element] of Object.entries(value)) changes.set(key, replace(element, key))
  return changes.result
}

/** The element of a nested attribute by the key of `eachElement`. */
export function member(value: Raw, key: string | number | undefined): Raw | undefined {
  if (key === undefined) return value
  return Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined
}
