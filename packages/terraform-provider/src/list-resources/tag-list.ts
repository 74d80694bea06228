import { s } from '@dmarc-as-code/terraform-plugin'
import { explaining } from '../api/explain-api-error.ts'
import { define } from '../context/define.ts'
import { tag } from '../resources/tag/tag.ts'

export const tagsList = define.listResource({
  resource: tag,
  description:
    'Finds the tags of the user of the token, optionally filtered, so that `terraform query` can generate `import` blocks and configuration for them.',
  schema: {
    query: s.string().optional().describe('Return only tags whose name contains this text, ignoring case.'),
  },
  async *list({ config, client: { api }, signal, includeResource, limit }) {
    const tags = await explaining('Listing the tags', signal, () => api.tags({ signal }))
    const wanted = config.query?.trim().toLowerCase() ?? ''
    const found = tags
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const { id, name, color } of found.slice(0, limit)) {
      const identity = { id: String(id) }
      yield { name, identity, ...(includeResource && { resource: { ...identity, name, color } }) }
    }
  },
})
