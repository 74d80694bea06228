import type { Io } from '../src/cli/io.ts'
import { runCli } from '../src/cli/main.ts'
import type { PolicyFetcher } from '../src/verify/policy-fetch.ts'

/** What a command answered: its exit code, and all that it printed. */
export interface CliRun {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command without terminal, input and environment, or with what `io` gives instead. */
export async function runCaptured(argv: readonly string[], io: Partial<Io> = {}): Promise<CliRun> {
  let [out, err] = ['', '']
  const captured: Io = {
    out(text) {
      out += text
    },
    err(text) {
      err += text
    },
    readInput: async () => '',
    env: {},
    terminal: false,
    signal: new AbortController().signal,
    ...io,
  }
  const code = await runCli([...argv], captured, '1.2.3')
  return { code, out, err }
}

/** Policy hosts that all serve this file. */
export function serving(body: string): PolicyFetcher {
  return { fetch: async (_, [address = '']) => ({ ok: true, address, status: 200, contentType: 'text/plain', body }) }
}
