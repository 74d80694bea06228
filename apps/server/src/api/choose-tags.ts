import type { ProblemDetail } from '../rules/problem.ts'
import type { Db } from '../store/open-store.ts'
import { tagsOf } from '../store/tags.ts'

/** The tags a request selects by id, by name or both; `ids` is undefined when it sends neither list. */
export async function chooseTags(
  db: Db,
  userId: number,
  choice: { tag_ids?: number[] | undefined; tag_names?: string[] | undefined },
): Promise<{ ids: number[] | undefined; faults: ProblemDetail[] }> {
  if (choice.tag_ids === undefined && choice.tag_names === undefined) return { ids: undefined, faults: [] }
  const tags = await tagsOf(db, userId)
  const ids = new Set<number>()
  const faults: ProblemDetail[] = []
  const unknown = (field: string, index: number, shown: string) =>
    faults.push({
      field: `domain.${field}.${index}`,
      code: 'tag_unknown',
      message: `There is no tag ${shown}. Create it first with POST /v2/tags.json. Existing tags: ${tags.map(({ name }) => name).join(', ') || 'none'}.`,
    })
  for (const [index, id] of (choice.tag_ids ?? []).entries()) {
    if (tags.some((tag) => tag.id === id)) ids.add(id)
    else unknown('tag_ids', index, `with the id ${id}`)
  }
  for (const [index, name] of (choice.tag_names ?? []).entries()) {
    const tag = tags.find((known) => known.name === name)
    if (tag) ids.add(tag.id)
    else unknown('tag_names', index, `"${name}"`)
  }
  return { ids: [...ids], faults }
}
