import { NotFoundError, type Tag } from '@dmarc-as-code/client'
import { DiagnosticError, type Diagnostics, isKnown, s } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../../api/api.ts'
import { explaining } from '../../api/explain-api-error.ts'
import { noteUser, requireSameUser } from '../../api/same-user.ts'
import { define } from '../../context/define.ts'
import { requireOneOwner } from '../../context/one-owner.ts'
import type { PlannedObjects } from '../../context/planned-objects.ts'
import type { ProviderContext } from '../../context/provider-context.ts'
import { createMarked } from '../../markers/create-marked.ts'
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
  async create({ plan, client: { api, markers }, signal, private: priv }) {
    return explaining(
      `Creating the tag "${plan.name}"`,
      signal,
      async () => {
        const input = { name: plan.name, color: plan.color }
        try {
          const made = await createMarked<Tag>(markers, {
            kind: 'tag',
            name: plan.name,
            signal,
            create: (options) => api.client.tags.create(input, options),
            find: async (id) => (await tagsNow(api, signal)).find((one) => one.id === id && one.name === plan.name),
            async existing() {
              const taken = (await tagsNow(api, signal)).find(({ name }) => name === plan.name)
              return taken && exists(taken)
            },
          })
          await noteUser(api, priv, signal)
          // Created by an earlier run, perhaps in another color.
          const same = made.color.toUpperCase() === plan.color.toUpperCase()
          return view(same ? made : await api.client.tags.update(made.id, input, { signal }), plan.color)
        } finally {
          api.tagsChanged()
        }
      },
      paths,
    )
  },
  async read({ state, client: { api, markers }, signal, private: priv }) {
    const found = await explaining(`Reading the tag "${state.name ?? state.id}"`, signal, async () =>
      (await api.tags({ signal })).find(({ id }) => String(id) === state.id),
    )
    if (!found) {
      await requireSameUser(api, priv, `Tag ${state.id}`, signal)
      return null
    }
    await noteUser(api, priv, signal)
    await markers.inState('tag', state.id)
    return view(found, state.color)
  },
  async modifyPlan({ state, plan, client, signal, diagnostics }) {
    const { markers, planned } = client
    if (plan && isKnown(plan.name)) planned.tags.add(plan.name)
    if (state) {
      await markers.inState('tag', state.id)
      requireOneOwner(planned, 'tag', { id: state.id, plan, what: `Tag "${state.name}"` }, diagnostics)
    }
    if (!plan || !isKnown(plan.name) || plan.name === state?.name) return undefined
    if (state || isOnlyOne(plan.name, planned, diagnostics)) await checkFree(plan.name, client, signal, diagnostics)
    return undefined
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
  async delete({ state, client: { api }, signal, private: priv }) {
    await explaining(`Deleting the tag "${state.name}"`, signal, async () => {
      await api.client.tags.delete(Number(state.id), { signal }).catch(async (error) => {
        if (!(error instanceof NotFoundError)) throw error
        await requireSameUser(api, priv, `Tag ${state.id}`, signal)
      })
      api.tagsChanged()
    })
  },
  identity: {
    schema: { id: s.string().required().describe('Numeric ID of the tag.') },
    of: ({ id }) => ({ id }),
  },
  async importState({ id: given, identity, client: { api }, signal }) {
    const id = identity?.id ?? given
    const tags = await explaining(`Importing the tag "${id}"`, signal, () => api.tags({ signal }))
    const found = tags.find((one) => String(one.id) === id) ?? tags.find((one) => one.name === id)
    if (found) return { id: String(found.id) }
    throw new DiagnosticError(
      `Tag "${id}" not found`,
      `Expected the ID or the name of a tag. Existing tags: ${tags.map(({ name }) => `"${name}"`).join(', ') || 'none'}.`,
    )
  },
})

function isOnlyOne(name: string, planned: PlannedObjects, diagnostics: Diagnostics): boolean {
  if (planned.addCreated('tag', [name])) return true
  diagnostics.error(
    `Tag "${name}" is declared twice`,
    'Another resource of this configuration creates a tag with this name too, and tag names are unique. Remove one of them.',
    ['name'],
  )
  return false
}

/** Says in the plan where the apply would fail: a tag with this name exists that this configuration does not manage. */
async function checkFree(
  name: string,
  { api, markers }: ProviderContext,
  signal: AbortSignal,
  diagnostics: Diagnostics,
): Promise<void> {
  const tags = await explaining(`Planning the tag "${name}"`, signal, () => api.tagsUnlessReported({ signal }))
  const taken = tags?.find((one) => one.name === name)
  if (!taken || markers.isInState('tag', taken.id) || (await markers.hasInterrupted('tag', name))) return
  // Not an error, which would also stop `terraform destroy` and strand what create_before_destroy replaces: apply decides.
  const { message, detail, path } = exists(taken)
  diagnostics.warning(message, detail, path)
}

async function tagsNow(api: Api, signal: AbortSignal): Promise<Tag[]> {
  api.tagsChanged()
  return api.tags({ signal })
}

function exists(taken: Tag): DiagnosticError {
  return new DiagnosticError(
    `Tag "${taken.name}" already exists`,
    `Tag ${taken.id} has this name, and tag names are unique. To manage it with this configuration, import it:\n\n` +
      `import {\n  to = dmarcreport_tag.NAME\n  id = "${taken.id}"\n}`,
    { path: ['name'] },
  )
}
