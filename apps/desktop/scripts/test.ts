// Every test of the app: the parts by themselves, then the built app in a real Electron, then the package. The last two
// run in a desktop session of their own where its programs are installed; without them those tests skip themselves.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { hasPrograms } from '../../../test-support/programs.ts'
import { prepareElectron } from './prepare-electron.ts'

const folder = resolve(import.meta.dirname, '..')
const session = join(folder, 'e2e/session/run.sh')
const hasSession = hasPrograms('xvfb-run', 'dbus-run-session', 'gnome-keyring-daemon', 'gdbus')

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit', env })
  if (status !== 0) failed.push([command, ...args].join(' '))
}

function inSession(args: readonly string[], env: NodeJS.ProcessEnv): void {
  if (hasSession) run(session, args, env)
  else run(args[0] ?? '', args.slice(1), env)
}

const failed: string[] = []
run('vitest', ['run'])
run('electron-vite', ['build', '--logLevel', 'error'])
const env = {
  ...process.env,
  ELECTRON_EXEC_PATH: await prepareElectron(),
  DMARC_WATCH_NODE: process.execPath,
  ...(hasSession ? { DMARC_WATCH_SESSION: '1' } : {}),
}
inSession(['vitest', 'run', '--config', 'vitest.e2e.config.ts'], env)
inSession(['vitest', 'run', '--config', 'vitest.package.config.ts'], env)
if (failed.length > 0) console.error(`failed:\n  ${failed.join('\n  ')}`)
process.exit(failed.length === 0 ? 0 : 1)
