import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { root } from '../lib/bootstrap.mjs'

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

const kept = /^(?:packages|apps|scripts|test-support|bench|test-peers|examples)$|\.json$|\.md$|^vitest\.shared\.ts$/
const skipped = new Set(['node_modules', 'dist', 'out', '.cache', '.turbo', 'release'])

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
    for (const name of await readdir(root)) {
      if (!kept.test(name)) continue
      await cp(join(root, name), join(folder, name), {
        recursive: true,
        filter: (path) =>
          !path
            .slice(root.length)
            .split(sep)
            .some((part) => skipped.has(part)),
      })
    }
    await linkDependencies(folder)
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

/** Installed packages are linked one by one, so that those of the repository lead to the copy. */
async function linkDependencies(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, '@dmarc-as-code'), { recursive: true })
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@dmarc-as-code') await symlink(join(root, 'node_modules', name), join(modules, name))
  }
  for (const parent of ['packages', 'apps']) {
    for (const name of await readdir(join(folder, parent))) {
      await symlink(join(folder, parent, name), join(modules, '@dmarc-as-code', name))
    }
  }
  for (const name of ['bench', 'scripts', 'test-peers']) {
    await symlink(join(folder, name), join(modules, '@dmarc-as-code', name))
  }
}
