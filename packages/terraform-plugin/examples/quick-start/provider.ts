import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DiagnosticError, defineWith, isKnown, matches, s } from '@dmarc-as-code/terraform-plugin'

const define = defineWith<{ folder: string }>()

const note = define.resource({
  description: 'A text file.',
  schema: {
    path: s.string().computed().useStateForUnknown().describe('Where the file lies.'),
    name: s
      .string()
      .required()
      .requiresReplace()
      .validate(matches(/^[\w-]+$/, 'letters, digits and dashes')),
    text: s.string().default(''),
  },
  async create({ plan, client }) {
    const path = join(client.folder, `${plan.name}.txt`)
    await writeFile(path, plan.text, { flag: 'wx' })
    return { path }
  },
  async read({ state: { path } }) {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    return text === undefined ? null : { path, name: basename(path, '.txt'), text }
  },
  async update({ plan, state: { path } }) {
    await writeFile(path, plan.text)
    return { path }
  },
  delete: ({ state }) => rm(state.path, { force: true }),
  importState: ({ id }) => ({ path: id }),
})

export default define.provider({
  name: 'notes',
  schema: { folder: s.string().required() },
  configure({ config: { folder } }) {
    if (!isKnown(folder)) throw new DiagnosticError('Unknown folder', 'The folder must be known while planning.')
    return { folder }
  },
  resources: { notes_note: note },
})
