import { changeTag } from '../../store/tags.ts'
import { lockUser } from '../../store/users.ts'
import { auditedTag } from '../audited.ts'
import { route } from '../route.ts'
import { refuseTakenName, tagAnswer, tagOf } from '../tag-answer.ts'

export const updateTag = route('updateTag', {
  privilege: 'write',
  allAccounts: 'Changing a tag',
  description: 'A partial update; it shows on every domain with the tag.',
  async handle({ caller, params, body, audit }, { store, now }) {
    const { name, color } = body.tag
    return store.transaction(async (tx) => {
      await lockUser(tx, store.engine, caller.userId)
      const tag = await tagOf(tx, caller.userId, params.id)
      if (name !== undefined) await refuseTakenName(tx, caller.userId, name, tag.id)
      const change = { ...(name === undefined ? {} : { name }), ...(color === undefined ? {} : { color }) }
      const changed = await changeTag(tx, tag.id, change, now())
      await audit(tx, { ...auditedTag(tag), before: tagAnswer(tag), after: tagAnswer(changed) })
      return tagAnswer(changed)
    })
  },
})
