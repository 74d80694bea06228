import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { main } from './cli.ts'

const provider = join(import.meta.dirname, '../../examples/quick-start/provider.ts')

describe('terraform-plugin docs', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plugin-docs-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function run(...args: string[]) {
    const said = { out: '', err: '' }
    const writer = (name: 'out' | 'err') => ({
      write(text: string) {
        said[name] += text
      },
    })
    const code = await main(args, writer('out'), writer('err'))
    return { code, ...said }
  }
  const docs = (...args: string[]) =>
    run('docs', provider, '--out', join(folder, 'docs'), '--examples', join(folder, 'examples'), ...args)

  it('writes pages with examples, removes what is left over, and leaves guides', async () => {
    await mkdir(join(folder, 'examples/resources/notes_note'), { recursive: true })
    await writeFile(join(folder, 'examples/resources/notes_note/resource.tf'), 'resource "notes_note" "todo" {}\n')
    for (const old of ['resources/gone.md', 'guides/start.md']) {
      await mkdir(join(folder, 'docs', old, '..'), { recursive: true })
      await writeFile(join(folder, 'docs', old), 'x')
    }
    expect(await docs()).toMatchObject({ code: 0, out: expect.stringContaining('Wrote 2 pages') })
    expect(
      (await readdir(join(folder, 'docs'), { recursive: true })).filter((file) => file.endsWith('.md')).sort(),
    ).toEqual(['guides/start.md', 'index.md', 'resources/note.md'])
    expect(await readFile(join(folder, 'docs/resources/note.md'), 'utf8')).toContain('resource "notes_note" "todo" {}')
  })

  it('checks pages without writing', async () => {
    expect(await docs('--check')).toMatchObject({ code: 1, err: expect.stringContaining('index.md is missing') })
    await docs()
    expect(await docs('--check')).toMatchObject({ code: 0, out: '2 pages are up to date.\n' })
    await writeFile(join(folder, 'docs/index.md'), 'changed by hand')
    await writeFile(join(folder, 'docs/resources/gone.md'), 'x')
    expect(await docs('--check')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/index.md is out of date\nresources\/gone.md is left over\n/),
    })
  })

  it('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Usage: terraform-plugin docs') })
    expect(await run('dosc')).toMatchObject({ code: 2, err: expect.stringContaining('Found "dosc", expected') })
    expect(await run('docs', '--chekc')).toMatchObject({ code: 2 })
    expect(await run('docs', join(import.meta.dirname, 'cli.ts'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('has no provider as its default export'),
    })
  })
})
