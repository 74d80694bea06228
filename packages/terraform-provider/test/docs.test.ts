import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pages } from '../scripts/docs/pages.ts'
import { version } from '../src/version.ts'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const root = join(import.meta.dirname, '..')

describe('the pages of the registry', () => {
  it('are those the schema and the examples make; npm run docs writes them', () => {
    const kept = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.md'),
    )
    const made = pages()
    expect(kept.sort()).toEqual([...made.keys()].sort())
    for (const [path, text] of made) expect(readFileSync(join(root, 'docs', path), 'utf8'), path).toBe(text)
  })

  it('describe every attribute', () => {
    for (const [path, text] of pages()) expect(text, path).not.toMatch(/^ *- `[^`]+` \([^)]*\) *$/m)
  })

  it('are of the version of the package', () => {
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version).toBe(version)
  })
})

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())

  it('takes every example of the pages for valid', async () => {
    const files = readdirSync(join(root, 'examples')).filter(
      (file) => file.endsWith('.tf') && file !== 'provider.tf' && !file.startsWith('action.'),
    )
    const hcl = files.map((file) => readFileSync(join(root, 'examples', file), 'utf8')).join('\n')
    await bench.terraform.validate(`provider "dmarcreport" {\n  account = "acme"\n}\n${hcl}`)
  })
})
