import { deleteTag as removeTag } from '../../store/tags.ts'
import { auditedTag } from '../audited.ts'
import { route } from '../route.ts'
import { tagAnswer, tagOf } from '../tag-answer.ts'

export const deleteTag = route('deleteTag', {
  privilege: 'write',
  allAccounts: 'Deleting a tag',
  description: 'Removes the tag from every domain.',
  async handle({ caller, params, audit }, { store }) {
    const name = await store.transaction(async (tx) => {
      const tag = await tagOf(tx, caller.userId, params.id)
      await removeTag(tx, tag.id)
      await audit(tx, { ...auditedTag(tag), before: tagAnswer(tag), after: null })
      return tag.name
    })
    return { message: `The tag ${name} was deleted.`, status: 200 as const }
  },
})
