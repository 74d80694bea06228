import { integer, type Json, text, unwrap } from './json.ts'

/** A tag of domains. */
export interface Tag {
  /** Number of the tag. */
  id: number
  /** Unique among the user's tags. */
  name: string
  /** Such as `#3B82F6`. */
  color: string
}

export function readTag(value: unknown): Tag | undefined {
  const object = unwrap(value, 'tag', isTag)
  const id = integer(object?.id)
  const name = text(object?.name)
  return object && id !== undefined && name !== undefined
    ? { ...object, id, name, color: text(object.color) ?? '' }
    : undefined
}

const isTag = (object: Json) => integer(object.id) !== undefined && 'name' in object
