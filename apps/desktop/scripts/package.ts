// Packs the built app: `npm run package [-- dir|deb|AppImage|dmg|nsis]`. `dir` and `deb` need nothing from the network but
// what `prepare-electron` got; the others let electron-builder fetch their tools. For a release, DMARC_WATCH_ELECTRON names
// the version of Electron to pack (45.4.1, say); electron-builder fetches that from Electron's own releases.
// DMARC_WATCH_UPDATES and DMARC_WATCH_UPDATE_KEY build updates in; see README.md, "Releases and updates".
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { build, type Configuration, Platform } from 'electron-builder'
import { drawAppIcon } from '../src/main/tray/draw-icon.ts'
import configuration, { updates } from './builder-config.ts'
import { describePackage } from './describe-package.ts'
import { electronDist, prepareElectron } from './prepare-electron.ts'

const folder = resolve(import.meta.dirname, '..')
const release = join(folder, 'release')
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
/** Another number than package.json's, for a trial release. */
const version: string = process.env.DMARC_WATCH_VERSION ?? about.version
const releaseElectron = process.env.DMARC_WATCH_ELECTRON
/** Loaded at run time from node_modules, as they have native code. */
const natives = ['keytar', 'better-sqlite3']

/** Only what runs: no sources, no build tools, no second copy of what was bundled. */
function layOut(): void {
  const app = join(release, 'app')
  rmSync(app, { recursive: true, force: true })
  mkdirSync(join(app, 'node_modules'), { recursive: true })
  cpSync(join(folder, 'out'), join(app, 'out'), { recursive: true })
  const { description, license } = about
  const dependencies = Object.fromEntries(natives.map((name) => [name, versionOf(name)]))
  const packed = {
    name: 'dmarc-watch',
    productName: 'DMARC Watch',
    version,
    description,
    license,
    author: 'DMARC as Code',
    type: 'module',
    main: about.main,
    dependencies,
  }
  writeFileSync(join(app, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`)
  if (updates) writeFileSync(join(app, 'updates.json'), `${JSON.stringify(updates, null, 2)}\n`)
  for (const name of natives) {
    cpSync(packageFolder(name), join(app, 'node_modules', name), {
      recursive: true,
      filter: (path) => !/\/(deps|src|node_modules)$/.test(path) && !isForeignBinary(path),
    })
  }
  mkdirSync(join(release, 'resources'), { recursive: true })
  writeFileSync(join(release, 'resources', 'icon.png'), drawAppIcon(512))
}

/** better-sqlite3 ships its binaries for every system: 15 MB that this package has no use for. */
function isForeignBinary(path: string): boolean {
  const [, system] = /\/prebuilds\/([^/]+)\.node$/.exec(path.replaceAll('\\', '/')) ?? []
  return system !== undefined && !system.startsWith(`${process.platform}-`)
}

function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8')).version
}

/** The Electron to pack: the one named for a release, else the one the tests run on. */
async function whichElectron(): Promise<Pick<Configuration, 'electronDist' | 'electronVersion'>> {
  if (releaseElectron) return { electronVersion: releaseElectron }
  await prepareElectron()
  const repacked = existsSync(join(electronDist, 'version'))
  return repacked ? { electronDist, electronVersion: '33.2.1' } : {}
}

async function packFolder(): Promise<string> {
  await build({
    targets: Platform.LINUX.createTarget('dir'),
    config: { ...configuration, ...(await whichElectron()) },
    projectDir: folder,
    publish: 'never',
  })
  return join(release, 'linux-unpacked')
}

async function packDeb(source: string): Promise<void> {
  // electron-builder renames the one and leaves out the other.
  cpSync(join(source, 'LICENSE.electron.txt'), join(source, 'LICENSE'))
  const { electronVersion } = await whichElectron()
  writeFileSync(join(source, 'version'), electronVersion ?? versionOf('electron'))
  // electron-updater asks it which kind of package to fetch and how to install it.
  writeFileSync(join(source, 'resources', 'package-type'), 'deb')
  const { default: installer } = await import('electron-installer-debian')
  const { packagePaths } = await installer({
    src: source,
    dest: release,
    arch: 'amd64',
    options: {
      name: 'dmarc-watch',
      productName: 'DMARC Watch',
      genericName: 'DMARC monitor',
      description: 'Email authentication status in the tray',
      productDescription:
        'Watches the hosted DMARC, MTA-STS and TLS-RPT records of your domains and applies missing CNAMEs.',
      version,
      maintainer: 'DMARC as Code <dmarc-as-code@example.com>',
      section: 'net',
      bin: 'dmarc-watch',
      icon: join(release, 'resources', 'icon.png'),
      categories: ['Network', 'Utility'],
      mimeType: ['x-scheme-handler/dmarc-watch'],
      depends: ['libnotify4', 'libsecret-1-0'],
      // xz would take three times as long for a tenth less.
      compression: 'gzip',
    },
  })
  if (updates) for (const path of packagePaths) describePackage(join(release, 'latest-linux.yml'), path, version)
}

export async function pack(target: string): Promise<void> {
  layOut()
  if (target === 'dir') await packFolder()
  else if (target === 'deb') await packDeb(await packFolder())
  else
    await build({
      config: {
        ...configuration,
        ...(releaseElectron ? { electronVersion: releaseElectron } : {}),
        linux: { ...configuration.linux, target },
        // Updates on macOS come from the zip, which the configuration names beside the dmg.
        mac: { ...configuration.mac, ...(target === 'dmg' ? {} : { target: target as 'zip' }) },
        win: { target },
      },
      projectDir: folder,
      publish: 'never',
    })
}

if (import.meta.main) await pack(process.argv[2] ?? 'dir')
