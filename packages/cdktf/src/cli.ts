import { command } from './init/command.ts'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort(new Error('Stopped. Nothing was written.')))
void command(process.argv.slice(2), {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  signal: stop.signal,
}).then((code) => {
  process.exitCode = code
})
