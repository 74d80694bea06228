import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyOfSources } from '../lib/copy-of-sources.ts'

/** Replaces the first match of `find` in a file; `find` that matches nothing is an error, so that a test cannot pass by it. */
export interface Edit {
  readonly file: string
  readonly find: RegExp
  readonly replace: string
}

/** What a command printed, and whether it succeeded. */
export interface Outcome {
  readonly ok: boolean
  readonly output: string
}

const copied = [
  ...['packages', 'apps', 'scripts', 'test-support', 'bench', 'test-peers', 'examples'],
  ...['*.json', '*.md', 'vitest.shared.ts'],
].map((path) => `:(top,glob)${path.includes('.') ? path : `${path}/**`}`)

/**
 * A copy of the sources in a temporary folder, with the installed dependencies of the repository, where a change can be
 * tried: what does the compiler, what does a test say to it?
 */
export class SourceCopy {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async create(): Promise<SourceCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'recipes-'))
    await copyOfSources(folder, copied)
    return new SourceCopy(folder)
  }

  /** Makes the edits, runs `what`, and takes them back. */
  async changed<T>(edits: readonly Edit[], what: () => Promise<T>): Promise<T> {
    const before = new Map<string, string>()
    try {
      for (const { file, find, replace } of edits) {
        const path = join(this.folder, file)
        const text = await readFile(path, 'utf8')
        if (!find.test(text)) throw new Error(`${file} has nothing that matches ${find}; adapt the edit of this test.`)
        if (!before.has(path)) before.set(path, text)
        await writeFile(path, text.replace(find, replace))
      }
      return await what()
    } finally {
      for (const [path, text] of before) await writeFile(path, text)
    }
  }

  /** Type-checks a package as its `npm run typecheck` does. */
  types(folder: string): Promise<Outcome> {
    return this.#run(['run', '--silent', 'typecheck'], folder)
  }

  /** Runs one test file of a package, without what the package prepares for its whole suite. */
  test(folder: string, file: string): Promise<Outcome> {
    const config = join(this.folder, 'scripts', 'recipes', 'one-file.config.ts')
    return this.#run(['exec', '--', 'vitest', 'run', '--config', config, '--root', '.', file], folder)
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }

  #run(args: string[], folder: string): Promise<Outcome> {
    const { TEST_REPORT_DIR: _, ...env } = process.env
    const options = {
      cwd: join(this.folder, folder),
      env: { ...env, NO_COLOR: '1' },
      timeout: 120_000,
      maxBuffer: 2 ** 24,
    }
    return new Promise((resolve) => {
      execFile('npm', args, options, (error, stdout, stderr) => resolve({ ok: !error, output: stdout + stderr }))
    })
  }
}
