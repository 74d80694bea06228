import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { ownPackages } from '../../../scripts/lib/own-packages.ts'
import { peersFolder } from './peers.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')
const BUILD_TIMEOUT_MS = 120_000

/** Vitest's global set-up: builds the package where the build is missing or older than a source, and lays it beside the
 * prebuilt bindings as if it had been installed, so that projects below that folder use it as their users do. */
export default async function layBuildOut(): Promise<void> {
  for (const folder of ownPackages('packages/cdktf')) await buildIfStale(basename(folder))
  if ((await newest(join(root, 'src'))) > (await newest(join(root, 'dist')))) {
    await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, timeout: BUILD_TIMEOUT_MS })
  }
  const home = join(peersFolder, 'node_modules', '@dmarc-as-code', 'cdktf')
  if (existsSync(home) && (await newest(home)) >= (await newest(join(root, 'dist')))) return
  const fresh = join(peersFolder, `cdktf.new-${process.pid}`)
  await mkdir(fresh, { recursive: true })
  await cp(join(root, 'dist'), join(fresh, 'dist'), { recursive: true })
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  for (const entry of Object.values<object | string>(manifest.exports)) {
    if (typeof entry === 'object') delete (entry as Record<string, unknown>)['@dmarc-as-code/source']
  }
  await writeFile(join(fresh, 'package.json'), JSON.stringify(manifest))
  await rm(home, { recursive: true, force: true })
  await mkdir(join(home, '..'), { recursive: true })
  await rename(fresh, home)
}

/** A sibling that this package is compiled against. */
async function buildIfStale(name: string): Promise<void> {
  const folder = join(root, '..', name)
  const built = existsSync(join(folder, 'dist', 'esm', 'index.js')) ? await newest(join(folder, 'dist')) : 0
  if (built >= (await newest(join(folder, 'src')))) return
  const script = join(root, '..', '..', 'scripts', 'build-package.mjs')
  await run(process.execPath, [script], { cwd: folder, timeout: BUILD_TIMEOUT_MS })
}

/** When the newest file below a folder was written, in milliseconds; 0 where there is none. */
async function newest(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const times = files
    .filter((file) => file.isFile() && !file.name.endsWith('.test.ts'))
    .map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs)
  return Math.max(0, ...(await Promise.all(times)))
}
