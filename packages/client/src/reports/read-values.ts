import { asList, asObject, integer, type Json, text } from '../read/json.ts'

/** Small readers for answers about reports; each has a value for what is missing. */

/** A count; 0 where it cannot be read. */
export const count = (value: unknown): number => integer(value) ?? 0

/** A number, also with a fraction or as a text; null where it cannot be read. */
export function amount(value: unknown): number | null {
  const read = typeof value === 'string' && /^\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : null
}

export const words = (value: unknown): string => text(value) ?? ''
export const wordsOrNull = (value: unknown): string | null => text(value) ?? null

export const texts = (value: unknown): string[] => (asList(value) ?? []).flatMap((each) => text(each) ?? [])

/** The objects of a list; others are left out. */
export const objects = (value: unknown): Json[] =>
  (asList(value) ?? []).map(asObject).filter((each) => each !== undefined)

/** The object itself or the one it wraps. */
export function inside(value: unknown, key: string, isIt: (object: Json) => boolean): Json | undefined {
  const top = asObject(value)
  return [top, asObject(top?.[key]), asObject(top?.data)].find((object) => object && isIt(object))
}
