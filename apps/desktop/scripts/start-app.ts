// Builds the app if its sources are newer than its build, gets an Electron, and runs it: `npm run start:app [-- --sandbox]`.
// With --sandbox-info=FILE it opens on a sandbox that runs already, and leaves nothing in the person's own folder.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ownPackages } from '../../../scripts/lib/own-packages.ts'
import { prepareElectron } from './prepare-electron.ts'

const folder = resolve(import.meta.dirname, '..')

function newest(path: string): number {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Math.max(0, ...entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}

function isBuilt(): boolean {
  const built = statSync(join(folder, 'out/main/index.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  // The sandbox is in the build, so that what the server needs is everything of ours.
  const packages = ['apps/desktop', 'apps/server', ...ownPackages('apps/server')]
  return packages.every((path) => newest(resolve(folder, '../..', path, 'src')) < built)
}

if (!isBuilt()) {
  // By its file, as npm's folder of commands need not be on the path here.
  const builder = join(
    dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')),
    'bin/electron-vite.js',
  )
  const { status } = spawnSync(process.execPath, [builder, 'build', '--logLevel', 'error'], {
    cwd: folder,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
const electron = await prepareElectron()
// Chromium refuses to run its sandbox as root, which containers often are.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const args = process.argv.slice(2)
const has = (option: string) => args.some((arg) => arg.startsWith(option))
// A folder of its own also lets it run beside the app the person has open.
const throwAway =
  has('--sandbox-info=') && !has('--user-data-dir=') ? mkdtempSync(join(tmpdir(), 'dmarc-watch-')) : undefined
if (throwAway) args.unshift(`--user-data-dir=${throwAway}`)
const child = spawn(electron, [...asRoot, folder, ...args], {
  stdio: 'inherit',
  env: { ...process.env, DMARC_WATCH_NODE: process.execPath },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => {
  if (throwAway) rmSync(throwAway, { recursive: true, force: true, maxRetries: 5 })
  process.exit(code ?? 0)
})
