import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { appendFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JournalScope } from './file-journals.ts'

const LOOK_AGAIN_MS = 50

/**
 * Claims and locks of names as files, for the processes of one run of Terraform, which starts one for each provider block. The
 * processes of a run have one parent. What a run leaves is removed by the next one. Where the folder cannot be written, each process knows its own claims only.
 */
export class RunClaims {
  readonly #folder: string
  readonly #scope: JournalScope
  readonly #run: string
  #ready: Promise<unknown> | undefined

  constructor(folder: string, scope: JournalScope, run: string) {
    this.#folder = folder
    this.#scope = scope
    this.#run = run
  }

  /** Waits until no other process of the run works on this name; answers how to let go of it. */
  async lock(key: string, signal: AbortSignal): Promise<() => Promise<void>> {
    const path = join(this.#folder, `lock-${this.#run}-${this.#hash(key)}`)
    const mark = `${process.pid} ${randomUUID()}`
    await this.#prepare()
    for (;;) {
      const held = await exclusive(path, mark)
      if (held === 'impossible') return async () => {}
      if (held === 'held' || (await takeOver(path, mark))) return () => remove(path)
      await sleep(LOOK_AGAIN_MS, undefined, { signal })
    }
  }

  /** A resource of this process has published the name, or found it right. */
  async confirm(key: string, resource: string): Promise<void> {
    await this.#prepare()
    const line = `${JSON.stringify([this.#hash(key), resource])}\n`
    await appendFile(join(this.#folder, `claims-${this.#run}-${process.pid}`), line, { mode: 0o600 }).catch(() => {})
  }

  /** The resource of another process that has published the name in this run. */
  owner(key: string): string | undefined {
    const hash = this.#hash(key)
    for (const claims of this.#ofOthers()) {
      const owner = claims.get(hash)
      if (owner !== undefined) return owner
    }
    return undefined
  }

  /** The claims of each other process. It may have ended since: a provider ends when its last resource is done. */
  #ofOthers(): readonly ReadonlyMap<string, string>[] {
    const prefix = `claims-${this.#run}-`
    try {
      return readdirSync(this.#folder)
        .filter((name) => name.startsWith(prefix) && name !== `${prefix}${process.pid}`)
        .map((name) => new Map(readFileSync(join(this.#folder, name), 'utf8').split('\n').flatMap(claimOf)))
    } catch {
      return []
    }
  }

  #hash(key: string): string {
    const { workspace, folder } = this.#scope
    return createHash('sha256')
      .update(JSON.stringify([workspace, folder, key]))
      .digest('hex')
      .slice(0, 32)
  }

  /** Makes the folder, and removes what runs have left there that were killed. */
  #prepare(): Promise<unknown> {
    this.#ready ??= mkdir(this.#folder, { recursive: true, mode: 0o700 })
      .then(() => readdir(this.#folder))
      .then((names) => Promise.all(names.filter(isLeftover).map((name) => remove(join(this.#folder, name)))))
      .catch(() => {})
    return this.#ready
  }
}

/** What tells this run from others: the process that started this one, and when that began, since numbers are used again. */
export function thisRun(): string {
  try {
    // The name of the program comes first, in brackets, and may hold anything.
    const [, fields = ''] = /\)([^)]*)$/.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8')) ?? []
    return `${process.ppid}-${fields.trim().split(' ')[19] ?? 0}`
  } catch {
    return `${process.ppid}-0`
  }
}

/** One line of a file, which may be cut off where its process was killed. */
function claimOf(line: string): [string, string][] {
  try {
    return [JSON.parse(line) as [string, string]]
  } catch {
    return []
  }
}

function isLeftover(name: string): boolean {
  const [, parent] = /^(?:lock|claims)-(\d+)-\d+-/.exec(name) ?? []
  return parent !== undefined && !isAlive(Number(parent))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function exclusive(path: string, mark: string): Promise<'held' | 'taken' | 'impossible'> {
  try {
    const handle = await open(path, 'wx', 0o600)
    await handle.writeFile(mark).finally(() => handle.close())
    return 'held'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'taken' : 'impossible'
  }
}

/** Takes the lock of a process that has died. Of several who try, the last one has it, which the others see. */
async function takeOver(path: string, mark: string): Promise<boolean> {
  const holder = await readFile(path, 'utf8').catch(() => '')
  if (holder === '' || isAlive(Number(holder.split(' ')[0]))) return false
  const beside = `${path}.${randomUUID()}`
  try {
    await writeFile(beside, mark, { mode: 0o600 })
    await rename(beside, path)
    await sleep(LOOK_AGAIN_MS)
    return (await readFile(path, 'utf8')) === mark
  } catch {
    return false
  }
}

const remove = (path: string): Promise<void> => rm(path, { force: true }).catch(() => {})
