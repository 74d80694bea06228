import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { defineFunction, defineWith, providerSchemaJson, s } from '@dmarc-as-code/terraform-plugin'
import { documentationPages } from '@dmarc-as-code/terraform-plugin/docs'
import { schemaJson } from '@dmarc-as-code/terraform-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../scripts/lib/bootstrap.mjs'
import { goPeer } from './support/go.ts'
import { peerTitle } from './support/installing.ts'

const RELEASE = 'v0.24.0'
const peer = await goPeer('github.com/hashicorp/terraform-plugin-docs/cmd/tfplugindocs', RELEASE)

const define = defineWith()
const thing = define.resource({
  description: 'A *thing*.',
  subcategory: 'Things',
  schema: {
    id: s.string().computed(),
    parts: s
      .list(s.object({ name: s.string().required(), deep: s.object({ x: s.bool().optional() }).optional() }))
      .optional(),
    rule: s.blockList({ port: s.integer().required() }),
  },
  timeouts: { create: '5m' },
  create: () => ({ id: 'i' }),
  read: ({ state }) => state,
  delete() {},
  identity: { schema: { id: s.string().required() }, of: ({ id }) => ({ id }) },
})
/** A provider with an object of every kind. */
const toy = define.provider({
  name: 'toy',
  schema: { url: s.string().optional() },
  resources: { toy_thing: thing },
  dataSources: { toy_thing: define.dataSource({ schema: { id: s.string().computed() }, read: () => ({ id: 'i' }) }) },
  ephemeralResources: {
    toy_token: define.ephemeralResource({
      schema: { value: s.string().computed().sensitive() },
      open: () => ({ result: { value: 'x' } }),
    }),
  },
  listResources: { toy_thing: define.listResource({ resource: thing, schema: {}, list: () => [] }) },
  actions: { toy_restart: define.action({ schema: { name: s.string().required() }, invoke() {} }) },
  functions: {
    double: defineFunction({ parameters: { value: s.number() }, returns: s.number(), run: ({ value }) => value * 2 }),
  },
})

describe.skipIf(!peer.available)(peerTitle(`tfplugindocs ${RELEASE}`, peer), () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tfplugindocs-'))
    await cp(join(root, 'packages/terraform-provider/docs'), join(folder, 'docs'), { recursive: true })
    // tfplugindocs looks a provider up under HashiCorp's namespace, whatever its own one is.
    const schema = schemaJson({ source: 'registry.terraform.io/hashicorp/dmarcreport' })
    await writeFile(join(folder, 'schema.json'), JSON.stringify(schema))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const validate = (name = 'dmarcreport', provider = folder) => {
    if (!peer.available) throw new Error(peer.why)
    const args = ['validate', '--provider-name', name, '--provider-dir', provider]
    return promisify(execFile)(peer.program, [...args, '--providers-schema', join(provider, 'schema.json')])
  }

  it('finds the pages valid that the framework writes for every kind of object', async () => {
    const home = join(folder, 'toy')
    for (const [path, text] of documentationPages(toy, (example) => `# ${example}\n`)) {
      await mkdir(dirname(join(home, 'docs', path)), { recursive: true })
      await writeFile(join(home, 'docs', path), text)
    }
    const schema = providerSchemaJson(toy, { source: 'registry.terraform.io/hashicorp/toy' })
    await writeFile(join(home, 'schema.json'), JSON.stringify(schema))
    await validate('toy', home)
  })

  it('finds the pages of the provider complete and well formed', async () => {
    await validate()
  })

  it('reports a page of a resource that the schema does not have', async () => {
    const page = join(folder, 'docs/resources/unknown.md')
    await writeFile(page, '---\npage_title: "x"\nsubcategory: ""\ndescription: |-\n  x\n---\n')
    await expect(validate()).rejects.toThrow('unknown')
    await rm(page)
  })
})
