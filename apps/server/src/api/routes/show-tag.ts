import { route } from '../route.ts'
import { tagAnswer, tagOf } from '../tag-answer.ts'

export const showTag = route('getTag', {
  privilege: 'read',
  description: 'By id.',
  async handle({ caller, params }, { store }) {
    return tagAnswer(await tagOf(store.db, caller.userId, params.id))
  },
})
