import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import tour, { anything, report, schemaJson } from '../examples/tour.ts'
import { testProvider } from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'

const root = join(import.meta.dirname, '..')
const unindented = (text: string) => text.replace(/^ +/gm, '')

describe('the README', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const files = ['quick-start/provider.ts', 'quick-start/main.ts', 'quick-start/provider.test.ts', 'tour.ts']
  const code = await Promise.all(files.map((file) => readFile(join(root, 'examples', file), 'utf8')))
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block)

  it.each(blocks.map((block) => [block.trim().split('\n')[0], block]))('shows code that exists: %s', (_, block) => {
    expect(code.some((file) => unindented(file).includes(unindented(block).trim()))).toBe(true)
  })

  it('or the design mentions every function that the package exports', async () => {
    const design = await readFile(join(root, 'DESIGN.md'), 'utf8')
    const names = [
      ...Object.keys(await import('../src/index.ts')),
      ...Object.keys(await import('../src/testing/index.ts')),
    ]
    const missing = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(readme + design))
    expect(missing).toEqual([])
  })

  it('has code to show', () => {
    expect(blocks.length).toBeGreaterThan(6)
  })
})

it('the provider of the tour has a schema, a warning and a dynamic value', () => {
  expect(schemaJson(tour)).toMatchObject({
    provider_schemas: {
      'registry.terraform.io/example/cloud': { resource_schemas: { cloud_all: {}, cloud_server: { version: 1 } } },
    },
  })
  const said: unknown[] = []
  report({ diagnostics: { warning: (...all: unknown[]) => void said.push(all), error() {} } } as never)
  expect(said).toMatchObject([['Large servers cost more', expect.stringContaining('Found'), ['rule', 0, 'port']]])
  expect(anything.type).toEqual(['object', { list: ['tuple', ['number', 'string']] }])
})

describeTerraforms(({ program }) => {
  it('takes the schemas of the tour', async () => {
    await using cloud = await testProvider(tour, { terraform: program })
    await cloud.apply(
      'resource "cloud_all" "a" {\n  name = "x"\n  disks = [{ gb = 1 }]\n}\nresource "cloud_rules" "r" {\n  kind = "small"\n  zone = "z"\n}\n' +
        'output "slug" {\n  value = provider::cloud::slug("A", "b")\n}\n',
    )
    await cloud.expectEmptyPlan()
    expect((await cloud.state()).outputs).toEqual({ slug: 'a-b' })
  })
})
