import { type DmarcTags, dmarcTagOrder } from './tags.ts'

/** The tags while they are being read. */
export type WritableDmarcTags = { -readonly [Name in keyof Omit<DmarcTags, 'other'>]: DmarcTags[Name] } & {
  other?: { name: string; value: string }[]
}

const order = [...dmarcTagOrder, 'other'] as const

/** The same tags, in the order in which they are written. */
export function inCanonicalOrder(read: WritableDmarcTags): DmarcTags {
  const ordered: Record<string, unknown> = {}
  for (const name of order) if (read[name] !== undefined) ordered[name] = read[name]
  return ordered as DmarcTags
}
