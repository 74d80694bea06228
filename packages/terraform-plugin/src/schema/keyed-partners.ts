import { numberText, type RawNumber } from '../encoding/number.ts'
import { isObject, isUnknown, type Raw } from '../encoding/raw.ts'

/** Finds the stored element with the same key. Without a key, and where a key occurs twice, there is none. */
export function keyedPartners(key: string, stored: readonly Raw[]): (element: Raw | undefined) => Raw | undefined {
  const byKey = new Map<string, Raw | undefined>()
  for (const element of stored) {
    const name = keyOf(key, element)
    if (name !== undefined) byKey.set(name, byKey.has(name) ? undefined : element)
  }
  return (element) => {
    const name = keyOf(key, element)
    return name === undefined ? undefined : byKey.get(name)
  }
}

function keyOf(key: string, element: Raw | undefined): string | undefined {
  const value = isObject(element) ? (element[key] ?? null) : null
  if (value === null || isUnknown(value)) return undefined
  if (typeof value === 'string' || typeof value === 'boolean') return `${typeof value} ${value}`
  return `number ${numberText(value as RawNumber)}`
}
