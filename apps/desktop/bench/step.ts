import { type SpawnOptions, spawn } from 'node:child_process'

interface StepOptions extends Pick<SpawnOptions, 'cwd' | 'env'> {
  /** Milliseconds until it is stopped, with all that it has started. */
  readonly limitMs: number
}

const keptOutput = 2000

/** Runs a program and answers what it printed. Fails where it ends with another code than 0, or not within its limit. */
export function runStep(
  command: string,
  args: readonly string[],
  { limitMs, ...options }: StepOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own: a session has a display, a bus and a keyring, which would live on without it.
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let complaints = ''
    let isLate = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-keptOutput)
    })
    const timer = setTimeout(() => {
      isLate = true
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, limitMs)
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(new Error(`could not be started: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      const said = complaints || output.slice(-keptOutput) || 'nothing'
      if (isLate) reject(new Error(`did not end within ${limitMs / 1000} s and was stopped; it said: ${said}`))
      else if (code !== 0) reject(new Error(`ended with ${signal ?? `exit code ${code}`}; it said: ${said}`))
      else resolve(output)
    })
  })
}
