import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineWith, s } from '../../src/index.ts'

// Printed while the provider loads: must not get between Terraform and the handshake.
console.log('the disk provider is loading')

const define = defineWith<{ readonly folder: string }>()

/** A file. Content "hang" is written and then waits to be stopped, for tests that kill the process. */
const file = define.resource({
  schema: {
    id: s.string().computed().useStateForUnknown(),
    name: s.string().required().requiresReplace(),
    content: s.string().required(),
  },
  async create({ plan, client, save, signal }) {
    const id = `${client.folder}/${plan.name}`
    await writeFile(id, plan.content)
    save({ id })
    if (plan.content === 'hang') {
      await writeFile(`${client.folder}.pid`, String(process.pid))
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    }
    return { id }
  },
  async read({ state }) {
    try {
      return { ...state, content: await readFile(state.id, 'utf8') }
    } catch {
      return null
    }
  },
  async update({ plan, state }) {
    await writeFile(state.id, plan.content)
    return { id: state.id }
  },
  delete: ({ state }) => rm(state.id, { force: true }),
  identity: { schema: { path: s.string().required() }, of: ({ id }) => ({ path: id }) },
})

const files = define.listResource({
  resource: file,
  schema: {},
  async *list({ client, includeResource }) {
    for (const name of (await readdir(client.folder)).sort()) {
      const id = `${client.folder}/${name}`
      const resource = includeResource ? { id, name, content: await readFile(id, 'utf8') } : undefined
      yield { name, identity: { path: id }, ...(resource && { resource }) }
    }
  },
})

export default define.provider({
  name: 'disk',
  schema: { folder: s.string().required() },
  configure: ({ config }) => ({ folder: String(config.folder) }),
  shutdown: ({ folder }) => writeFile(join(folder, 'shut-down'), ''),
  resources: { disk_file: file },
  listResources: { disk_file: files },
})
