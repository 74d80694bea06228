import { runCli } from '@dmarc-as-code/dns/cli'
import type { Sources } from './sources.ts'
import { ToolError } from './tool.ts'
import { version } from './version.ts'

/** Commands of `dmarc-dns` that only look. */
type ReadingCommand = 'check' | 'plan'

/**
 * Runs a command of `dmarc-dns` with `--json` in this process, so that a tool answers what people see on the command line. The
 * shape is described by `@dmarc-as-code/dns/output.schema.json`. Throws `ToolError` with the command's own words when it failed.
 */
export async function dnsCommand(
  command: ReadingCommand,
  args: readonly string[],
  { env, fetch, lookUps = [] }: Sources,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  let [out, err] = ['', '']
  const io = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
    // Standard input belongs to the protocol.
    readInput: async () => '',
    env,
    terminal: false,
    signal,
    ...(fetch && { fetch }),
  }
  const code = await runCli([command, ...args, ...lookUps, '--json'], io, version)
  const answer: unknown = out === '' ? undefined : JSON.parse(out)
  if (!isObject(answer)) throw new ToolError(err.trim() || `dmarc-dns ${command} ended with exit code ${code}.`)
  if (isObject(answer.error)) throw new ToolError(String(answer.error.message))
  return answer
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
