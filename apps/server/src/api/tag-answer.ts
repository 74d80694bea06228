import type { WireTag } from '@dmarc-as-code/client/contract'
import { notFound, Problem } from '../rules/problem.ts'
import { numericId } from '../store/numeric-id.ts'
import type { Db } from '../store/open-store.ts'
import { findTag, findTagByName, type Tag } from '../store/tags.ts'

export const tagAnswer = ({ id, name, color }: Tag): WireTag => ({ id, name, color })

/** A tag of the user. @throws {Problem} 404 */
export async function tagOf(db: Db, userId: number, reference: string): Promise<Tag> {
  const tag = await findTag(db, userId, numericId(reference) ?? 0)
  if (!tag) throw notFound('tag', reference)
  return tag
}

/** @throws {Problem} 409 when another tag has the name */
export async function refuseTakenName(db: Db, userId: number, name: string, except?: number): Promise<void> {
  const existing = await findTagByName(db, userId, name)
  if (!existing || existing.id === except) return
  const message = `A tag named "${name}" already exists, with the id ${existing.id}. Use it, or choose another name.`
  throw new Problem(409, message, [{ field: 'tag.name', code: 'tag_name_taken', message, existing_id: existing.id }])
}
