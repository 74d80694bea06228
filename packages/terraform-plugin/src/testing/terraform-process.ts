import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The Terraform and OpenTofu programs on the PATH. */
export function installedTerraforms(path = process.env.PATH ?? ''): { name: 'terraform' | 'tofu'; program: string }[] {
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
