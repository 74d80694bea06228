// Every test of the app: the parts by themselves, then the built app in a real Electron, then the package. The last two
// run in a desktop session of their own where its programs are installed; without them those tests skip themselves. With
// paths of test files as arguments only these are run.
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
const files = process.argv.slice(2).map((file) => resolve(file))
const ofApp = files.filter((file) => file.endsWith('.e2e.ts'))
const ofPackage = files.filter((file) => file.endsWith('.package.ts'))
const ofParts = files.filter((file) => !ofApp.includes(file) && !ofPackage.includes(file))
const wanted = (some: readonly string[]) => files.length === 0 || some.length > 0

if (wanted(ofParts)) run('vitest', ['run', ...ofParts])
if (wanted([...ofApp, ...ofPackage])) {
  run('electron-vite', ['build', '--logLevel', 'error'])
  const env = {
    ...process.env,
    ELECTRON_EXEC_PATH: await prepareElectron(),
    DMARC_WATCH_NODE: process.execPath,
    ...(hasSession ? { DMARC_WATCH_SESSION: '1' } : {}),
  }
  if (wanted(ofApp)) inSession(['vitest', 'run', '--config', 'vitest.e2e.config.ts', ...ofApp], env)
  if (wanted(ofPackage)) inSession(['vitest', 'run', '--config', 'vitest.package.config.ts', ...ofPackage], env)
}
if (failed.length > 0) console.error(`failed:\n  ${failed.join('\n  ')}`)
process.exit(failed.length === 0 ? 0 : 1)
