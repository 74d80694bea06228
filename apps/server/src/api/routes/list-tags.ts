import { tagsOf } from '../../store/tags.ts'
import { pageOf } from '../paging.ts'
import { route } from '../route.ts'
import { tagAnswer } from '../tag-answer.ts'

export const listTags = route('listTags', {
  privilege: 'read',
  description: 'Tags belong to the user; all accounts share them.',
  async handle({ caller, query }, { store }) {
    const tags = (await tagsOf(store.db, caller.userId)).map(tagAnswer)
    const page = pageOf(query)
    if (!page) return { tags }
    const meta = { ...page.meta(tags.length), total_tags: tags.length }
    return { tags: tags.slice(page.offset, page.offset + page.limit), meta }
  },
})
