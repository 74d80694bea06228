import { asList, asObject } from './json.ts'

/** The entries of a list: bare, or under `key`, or under `data`; as an array or as an object of entries. */
export function readEntries(value: unknown, key: string): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  const top = asObject(value)
  if (!top) return undefined
  if (key in top) return asList(top[key])
  const data = asObject(top.data)
  if (data && key in data) return asList(data[key])
  // An empty object under `data` may be anything.
  const entries = asList(top.data)
  return data && entries?.length === 0 ? undefined : entries
}
