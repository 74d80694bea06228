import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { tagsDataSchema } from './tags-data-schema.ts'

export const tagsData = define.dataSource({
  description: 'Lists the tags of the user. Requires a server with tag routes; DMARC Report has none.',
  schema: tagsDataSchema,
  async read({ client: { api }, signal }) {
    const found = await explaining('Listing the tags', signal, () => api.tags({ signal }))
    const tags = found
      .map(({ id, name, color }) => ({ id: String(id), name, color }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : Number(a.id) - Number(b.id)))
    return { tags, names: tags.map(({ name }) => name) }
  },
})
