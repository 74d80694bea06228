// Brings a fresh clone to the point where its scripts can run: dependencies installed as the lock file says, and the
// calling script running on the Node that the repository pins. Plain JavaScript for Node 20, with no dependency: it runs
// before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const bin = join(root, 'node_modules', '.bin')
const windows = process.platform === 'win32'
const marker = join(root, 'node_modules', '.installed-lock')
const OLDEST_NODE = [20, 19]

/** Runs a program in the repository and answers its exit code; output goes straight through unless `options.stdio` says else. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows, ...options })
  if (result.error) throw new Error(`could not start ${command}: ${result.error.message}`, { cause: result.error })
  return result.status ?? 1
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

/** Installs the dependencies when the lock file has changed since the last time (or never was installed). */
export function installDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    console.error(
      `Node ${process.versions.node} is too old: ${OLDEST_NODE.join('.')} or newer is needed to install. Get it from https://nodejs.org.`,
    )
    process.exit(1)
  }
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lockHash()) return
  console.log('Installing dependencies (about half a minute the first time) ...')
  const code = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) {
    console.error('npm ci failed: see its output above. Check that the npm registry can be reached, then try again.')
    process.exit(code)
  }
  writeFileSync(marker, lockHash())
}

/**
 * Goes on in `script` (below the repository) on the pinned Node, with the repository's programs first on PATH and
 * packages resolved to their sources, and ends this process with its exit code. Who stops this process stops the script.
 */
export function continueIn(script, args = process.argv.slice(2)) {
  const node = join(bin, windows ? 'node.cmd' : 'node')
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  }
  const child = spawn(
    node,
    ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning', join(root, script), ...args],
    { cwd: root, stdio: 'inherit', shell: windows, env },
  )
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // Ctrl-C reaches both by itself; a second one from here would cut the tidying up short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  child.on('error', (error) => {
    console.error(`could not start ${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}
