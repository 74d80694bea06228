import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { askQuestion } from './ask-question.ts'
import { type Io, runCli } from './main.ts'

export { type Io, runCli } from './main.ts'

/** Runs the command line of this process. Ctrl-C stops after putting back what was half done; a second one at once. */
export async function runProcess(): Promise<void> {
  const abort = new AbortController()
  process.once('SIGINT', () => abort.abort(new Error('interrupted')))
  process.once('SIGTERM', () => abort.abort(new Error('terminated')))
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const io: Io = {
    out: (line) => process.stdout.write(line),
    err: (line) => process.stderr.write(line),
    readInput: () => text(process.stdin),
    env: process.env,
    terminal: process.stderr.isTTY === true,
    signal: abort.signal,
  }
  if (process.stdin.isTTY) {
    io.confirm = (question) => askQuestion(question, { input: process.stdin, output: process.stderr }, abort)
  }
  const { version } = createRequire(import.meta.url)('@dmarc-as-code/dns/package.json') as { version: string }
  process.exitCode = await runCli(process.argv.slice(2), io, version)
}
