import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runCli } from '@dmarc-as-code/dns/cli'
import { testProvider } from '@dmarc-as-code/terraform-plugin/testing'
import { provider } from '@dmarc-as-code/terraform-provider'
import { afterAll, describe, expect, it } from 'vitest'
import { findProgram } from '../../test-support/programs.ts'
import { type Block, blocks } from './blocks.ts'

const run = promisify(execFile)
const all = blocks()
const of = (...languages: string[]) => all.filter(({ language }) => languages.includes(language))
const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** A folder below this one, so that packages resolve as in the repository. */
async function folderWith(name: string, code: string): Promise<string> {
  const folder = await mkdtemp(join(import.meta.dirname, '.code-'))
  folders.push(folder)
  await writeFile(join(folder, name), code)
  return folder
}

describe('code in the guides', () => {
  it('is of languages that are tested here', () => {
    expect([...new Set(all.map(({ language }) => language))].sort()).toEqual(['hcl', 'sh', 'ts'])
  })

  it.skipIf(!findProgram('terraform'))('is valid for Terraform and the provider', { timeout: 120_000 }, async () => {
    const terraform = await testProvider(provider)
    try {
      for (const { page, code } of of('hcl')) {
        // Of other providers only the form is looked at.
        if (/\baws_/.test(code)) continue
        await terraform.validate(code.replace(/^terraform \{\n[\s\S]*?^\}\n/m, '')).catch((error) => {
          throw new Error(`${page}: ${error.message}`, { cause: error })
        })
      }
    } finally {
      await terraform.close()
    }
  })

  it.skipIf(!findProgram('terraform'))('is formatted as Terraform formats it', { timeout: 60_000 }, async () => {
    for (const { page, code } of of('hcl')) {
      const folder = await folderWith('main.tf', code)
      await run('terraform', ['fmt', '-check', '-diff', folder]).catch((error) => {
        throw new Error(`${page}: ${error.stdout}`)
      })
    }
  })

  it('compiles where it is TypeScript', { timeout: 120_000 }, async () => {
    for (const { page, code } of of('ts')) {
      const folder = await folderWith('main.ts', code)
      const config = { extends: '../../../tsconfig.base.json', compilerOptions: { noEmit: true }, include: ['main.ts'] }
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
      await run('tsc', ['-p', folder]).catch((error) => {
        throw new Error(`${page}: ${error.stdout}`)
      })
    }
  })

  it('runs commands of dmarc-dns that it knows', async () => {
    const lines = commands(of('sh')).filter(({ words }) => words[1] === '@dmarc-as-code/dns')
    expect(lines.length).toBeGreaterThan(5)
    for (const { page, words } of lines) {
      let err = ''
      const io = {
        out: () => {},
        err(text: string) {
          err += text
        },
        readInput: async () => '',
        env: {},
        terminal: false,
      }
      // Parsed, not run: nobody waits for an answer.
      await runCli(words.slice(2), { ...io, signal: AbortSignal.abort() }, '0')
      expect(err, `${page}: ${words.join(' ')}`).not.toMatch(/unknown|not an option|Usage|--help/i)
    }
  })

  it('names scripts and packages of this repository', async () => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } })
    for (const { words } of commands(of('sh'))) {
      if (words[0] === 'npm' && words[1] === 'start') expect(manifest.scripts).toHaveProperty('start')
      expect(['npx', 'npm', 'git'], words.join(' ')).toContain(words[0])
    }
  })
})

/** Lines of shell, split into words; none of them quotes. */
function commands(of: readonly Block[]): { page: string; words: string[] }[] {
  return of.flatMap(({ page, code }) =>
    code
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ page, words: line.trim().split(/\s+/) })),
  )
}
