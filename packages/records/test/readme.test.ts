import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
/** Each sample is a `ts` block; the `text` block after it is what it prints. */
const samples = [...readme.matchAll(/### ([^\n]+)\n(?:(?!###)[\s\S])*?```ts\n([\s\S]*?)```\n+```text\n([\s\S]*?)```/g)]
const folder = mkdtempSync(join(tmpdir(), 'records-readme-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the README', () => {
  it('has a printed answer for every sample', () => {
    expect(samples.length).toBe(readme.match(/```ts\n/g)?.length)
    expect(samples.length).toBeGreaterThan(5)
  })

  it.each(samples.map(([, title = '', code = '', output = '']) => [title, code, output] as const))(
    '%s: prints what it says',
    (title, code, output) => {
      const sample = join(folder, `${title.replace(/\W+/g, '-')}.mts`)
      const runnable = code.replace(/'@dmarc-as-code\/records(\/\w+)?'/g, (_, entry = '') =>
        JSON.stringify(new URL(`../src${entry}/index.ts`, import.meta.url).href),
      )
      writeFileSync(sample, runnable)
      expect(execFileSync(process.execPath, [sample], { encoding: 'utf8' })).toBe(output)
    },
  )
})
