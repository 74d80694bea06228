/** Small tolerant readers. Each answers undefined for what it cannot read; none throws. */

export type Json = Readonly<Record<string, unknown>>

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

/** A list, or an object whose values are the list. */
export function asList(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  const object = asObject(value)
  return object && Object.values(object)
}

export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

/** A number, or digits as text. */
export function integer(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined
}

/** A boolean, or the word for it, or 0 and 1. */
export function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true' || value === 1) return true
  if (value === false || value === 'false' || value === 0) return false
  return undefined
}

/** The object itself, or the one it wraps under `key` or `data`. `isIt` tells a bare one from a wrapper. */
export function unwrap(value: unknown, key: string, isIt: (object: Json) => boolean): Json | undefined {
  const object = asObject(value)
  if (!object || isIt(object)) return object
  for (const inner of [asObject(object[key]), asObject(object.data)]) if (inner && isIt(inner)) return inner
  return undefined
}
