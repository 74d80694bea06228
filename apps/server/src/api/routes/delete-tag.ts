import { deleteTag as removeTag } from '../../store/tags.ts'
import { route } from '../route.ts'
import { tagOf } from '../tag-answer.ts'

export const deleteTag = route('deleteTag', {
  privilege: 'write',
  allAccounts: 'Deleting a tag',
  description: 'Removes the tag from every domain.',
  async handle({ caller, params }, { store }) {
    const name = await store.transaction(async (tx) => {
      const tag = await tagOf(tx, caller.userId, params.id)
      await removeTag(tx, tag.id)
      return tag.name
    })
    return { message: `The tag ${name} was deleted.`, status: 200 as const }
  },
})
