import type { Selectable } from 'kysely'
import type { Db } from './open-store.ts'
import type { TagTable } from './tables.ts'

export type Tag = Selectable<TagTable>

/** The tags of a user, by id. All accounts of the user share them. */
export const tagsOf = (db: Db, userId: number): Promise<Tag[]> =>
  db.selectFrom('tags').selectAll().where('user_id', '=', userId).orderBy('id').execute()

export const findTag = (db: Db, userId: number, id: number): Promise<Tag | undefined> =>
  db.selectFrom('tags').selectAll().where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()

export const findTagByName = (db: Db, userId: number, name: string): Promise<Tag | undefined> =>
  db.selectFrom('tags').selectAll().where('user_id', '=', userId).where('name', '=', name).executeTakeFirst()

export interface NewTag {
  userId: number
  name: string
  color: string
  now: number
}

export const createTag = (tx: Db, tag: NewTag): Promise<Tag> =>
  tx
    .insertInto('tags')
    .values({ user_id: tag.userId, name: tag.name, color: tag.color, created_at: tag.now, updated_at: tag.now })
    .returningAll()
    .executeTakeFirstOrThrow()

export async function changeTag(
  tx: Db,
  id: number,
  change: { name?: string; color?: string },
  now: number,
): Promise<Tag> {
  return tx
    .updateTable('tags')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The tag leaves every domain that carries it. */
export async function deleteTag(tx: Db, id: number): Promise<void> {
  await tx.deleteFrom('tags').where('id', '=', id).execute()
}

/** Gives a domain exactly these tags. */
export async function setDomainTags(tx: Db, domainId: number, tagIds: readonly number[]): Promise<void> {
  await tx.deleteFrom('domain_tags').where('domain_id', '=', domainId).execute()
  if (tagIds.length === 0) return
  await tx
    .insertInto('domain_tags')
    .values(tagIds.map((tag_id) => ({ domain_id: domainId, tag_id })))
    .execute()
}
