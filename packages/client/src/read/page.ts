import { asList, asObject, integer } from './json.ts'

export interface PageMeta {
  current_page: number
  total_pages: number
  per_page?: number
}

/** The entries of a list: bare, or under `key`, or under `data`; as an array or as an object of entries. */
export function readEntries(value: unknown, key: string): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  const top = asObject(value)
  if (!top) return undefined
  if (key in top) return asList(top[key])
  const data = asObject(top.data)
  return data && key in data ? asList(data[key]) : asList(top.data)
}

/** `meta` as the vendor's report lists have it; undefined where a list has none. */
export function readPageMeta(value: unknown): PageMeta | undefined {
  const meta = asObject(asObject(value)?.meta)
  const total = integer(meta?.total_pages)
  if (total === undefined) return undefined
  const per = integer(meta?.per_page)
  return {
    current_page: integer(meta?.current_page) ?? 1,
    total_pages: total,
    ...(per !== undefined && { per_page: per }),
  }
}
