import { execFileSync, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface InstalledTerraform {
  readonly name: 'terraform' | 'tofu'
  /** Its path. */
  readonly program: string
}

/** The first releases with some feature: `{ terraform: '1.14' }`. A program that is not named does not have it. */
export type Releases = { readonly [Name in InstalledTerraform['name']]?: string }

/** Whether a program is of one of these releases or a later one, to skip tests that it cannot run. Pre-releases count as releases. */
export function isAtLeast({ name, program }: InstalledTerraform, releases: Releases): boolean {
  const wanted = releases[name]
  if (wanted === undefined) return false
  const { terraform_version: found } = JSON.parse(execFileSync(program, ['version', '-json'], { encoding: 'utf8' }))
  const [have, need] = [numbers(found), numbers(wanted)]
  const differing = need.findIndex((number, index) => number !== (have[index] ?? 0))
  return differing < 0 || (have[differing] ?? 0) > (need[differing] as number)
}

const numbers = (version: string) => (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').map(Number)

/** The Terraform and OpenTofu programs on the PATH. */
export function installedTerraforms(path = process.env.PATH ?? ''): InstalledTerraform[] {
  return (['terraform', 'tofu'] as const).flatMap((name) => {
    const program = path
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find(isExecutable)
    return program ? [{ name, program }] : []
  })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export interface RunOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Kills the program after so many milliseconds. */
  readonly timeout: number
  /** Called with each part of standard output. */
  onOutput?(text: string): void
}

/** A started program: `interrupt` sends what Ctrl-C sends. */
export interface Running {
  readonly finished: Promise<Finished>
  interrupt(): void
}

export function start(program: string, args: readonly string[], { cwd, env, timeout, onOutput }: RunOptions): Running {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const finished = new Promise<Finished>((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), timeout)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      onOutput?.(text)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ code, stdout, stderr })
    })
  })
  return { finished, interrupt: () => child.kill('SIGINT') }
}
