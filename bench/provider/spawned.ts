import { execFile } from 'node:child_process'
import { join } from 'node:path'

const ROUND_TIMEOUT_MS = 5_000

/** Milliseconds from spawning each program as Terraform does until its first line, `rounds` times in turn. */
export function timeStarts<K extends string>(
  rounds: number,
  programs: { readonly [Name in K]?: readonly [program: string, ...args: string[]] },
): Promise<{ readonly [Name in K]?: number[] }> {
  return new Promise((resolve, reject) => {
    const timer = execFile(
      process.execPath,
      [join(import.meta.dirname, 'time-starts.mjs'), String(rounds)],
      { timeout: rounds * ROUND_TIMEOUT_MS },
      (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout))),
    )
    timer.stdin?.end(JSON.stringify(programs))
  })
}
