import { ConflictError, NotFoundError, type Tag } from '@dmarc-as-code/client'
import { DiagnosticError } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { tagSchema } from './tag-schema.ts'

const paths = { 'tag.name': ['name'], 'tag.color': ['color'] }

/** The colour as the state has it where only the case of its letters differs. */
const view = ({ id, name, color }: Tag, color_before: string | null) => ({
  id: String(id),
  name,
  color: color?.toUpperCase() === color_before?.toUpperCase() ? (color_before ?? '#6B7280') : (color ?? '#6B7280'),
})

export const tag = define.resource({
  description:
    'A tag. Tags belong to the user and are shared by all accounts. Requires a server with tag routes. DMARC Report has none: create tags in its web app.',
  schema: tagSchema,
  async create({ plan, client: { api, markers }, signal }) {
    return explaining(
      `Creating the tag "${plan.name}"`,
      signal,
      async () => {
        const input = { name: plan.name, color: plan.color }
        const earlier = await markers.begin('tag', plan.name)
        try {
          return view(await api.client.tags.create(input, { signal }), plan.color)
        } catch (error) {
          const taken = error instanceof ConflictError ? await byName(api, plan.name, signal) : undefined
          if (taken && earlier) return view(await api.client.tags.update(taken.id, input, { signal }), plan.color)
          if (error instanceof ConflictError) await markers.end('tag', plan.name)
          if (taken) throw exists(taken)
          throw error
        } finally {
          api.tagsChanged()
        }
      },
      paths,
    )
  },
  async read({ state, client: { api, markers }, signal }) {
    const found = await explaining(`Reading the tag "${state.name ?? state.id}"`, signal, async () =>
      (await api.tags({ signal })).find(({ id }) => String(id) === state.id),
    )
    if (!found) return null
    await markers.end('tag', found.name)
    return view(found, state.color)
  },
  async update({ plan, state, client: { api }, signal }) {
    return explaining(
      `Changing the tag "${state.name}"`,
      signal,
      async () => {
        const input = { name: plan.name, color: plan.color }
        const changed = await api.client.tags.update(Number(state.id), input, { signal })
        api.tagsChanged()
        return view(changed, plan.color)
      },
      paths,
    )
  },
  async delete({ state, client: { api }, signal }) {
    await explaining(`Deleting the tag "${state.name}"`, signal, async () => {
      await api.client.tags.delete(Number(state.id), { signal }).catch((error) => {
        if (!(error instanceof NotFoundError)) throw error
      })
      api.tagsChanged()
    })
  },
  async importState({ id, client: { api }, signal }) {
    const tags = await explaining(`Importing the tag "${id}"`, signal, () => api.tags({ signal }))
    const found = tags.find((one) => String(one.id) === id) ?? tags.find((one) => one.name === id)
    if (found) return { id: String(found.id) }
    throw new DiagnosticError(
      `Tag "${id}" not found`,
      `Expected the ID or the name of a tag. Existing tags: ${tags.map(({ name }) => `"${name}"`).join(', ') || 'none'}.`,
    )
  },
})

async function byName(api: Api, name: string, signal: AbortSignal): Promise<Tag | undefined> {
  api.tagsChanged()
  return (await api.tags({ signal })).find((one) => one.name === name)
}

function exists(taken: Tag): DiagnosticError {
  return new DiagnosticError(
    `Tag "${taken.name}" already exists`,
    `Tag ${taken.id} has this name, and tag names are unique. To manage it with this configuration, import it:\n\n` +
      `import {\n  to = dmarcreport_tag.NAME\n  id = "${taken.id}"\n}`,
    { path: ['name'] },
  )
}
