import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import peers from './peers.json' with { type: 'json' }

const run = promisify(execFile)
const DOWNLOAD_TIMEOUT_MS = 100_000
/** A download that hangs is aborted and restarted; most go through at the second try. */
const TRIES = 3

/** Where the prebuilt bindings lie for tests: below this folder, Node finds them like installed packages. */
export const peersFolder = join(import.meta.dirname, '..', '.cache', 'peers')

const aliasedFolder = join(import.meta.dirname, '..', '.cache', 'peers-aliased')

/**
 * Vitest's global set-up: brings the prebuilt bindings the tests need. Installed they take more than a gigabyte, so
 * each package's archive is taken from the registry once, held against its checksum, and only the modules that are used
 * are unpacked (3 MB in all).
 */
export default async function bringPeers(): Promise<void> {
  const missing = Object.entries<Peer>(peers).filter(([name]) => !existsSync(marker(name)))
  if (missing.length > 0) await bringAll(missing)
  await copyForAlias()
}

async function bringAll(missing: [string, Peer][]): Promise<void> {
  console.log(`Fetching ${missing.map(([name]) => name).join(', ')} for the tests (once) ...`)
  // Two at a time: the rest of the time goes into unpacking.
  const queue = [...missing]
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await bring(...next)
  }
  await Promise.all([work(), work()])
}

interface Peer {
  /** The name in the registry, where the same package is needed in two versions. */
  readonly package?: string
  readonly version: string
  readonly integrity: string
  /** Folders below `lib` that are unpacked. */
  readonly modules?: readonly string[]
  /** Other folders that are unpacked. */
  readonly files?: readonly string[]
}

const home = (name: string) => join(peersFolder, 'node_modules', name)
/** Named after everything that decides what is unpacked. */
function marker(name: string): string {
  const wanted = createHash('sha256')
    .update(JSON.stringify(peers[name as keyof typeof peers]))
    .digest('hex')
  return join(home(name), `.complete-${wanted.slice(0, 16)}`)
}

async function bring(name: string, peer: Peer): Promise<void> {
  const { package: spec = name, version, integrity, modules = [], files = [] } = peer
  const folder = await mkdtemp(join(tmpdir(), 'peer-'))
  try {
    const archive = join(folder, await download(`${spec}@${version}`, folder))
    const found = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`
    if (found !== integrity) {
      throw new Error(
        `${name}@${version}: found ${found}, expected ${integrity}. Do not use it; compare with the registry.`,
      )
    }
    const wanted = ['package.json', ...modules.map((module) => `lib/${module}`), ...files].map(
      (path) => `package/${path}`,
    )
    await run('tar', ['-xzf', archive, '-C', folder, ...wanted], { timeout: DOWNLOAD_TIMEOUT_MS })
    await mkdir(dirname(home(name)), { recursive: true })
    const fresh = `${home(name)}.new-${process.pid}`
    await cp(join(folder, 'package'), fresh, { recursive: true })
    await mkdir(join(fresh, basename(marker(name))))
    await rm(home(name), { recursive: true, force: true })
    await rename(fresh, home(name))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Fetches a package's archive into a folder, from npm's own cache where it is; answers the file's name. */
async function download(spec: string, folder: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { stdout } = await run(
        process.platform === 'win32' ? 'npm.cmd' : 'npm',
        ['pack', '--silent', '--prefer-offline', spec],
        {
          cwd: folder,
          timeout: DOWNLOAD_TIMEOUT_MS,
          shell: process.platform === 'win32',
        },
      )
      return stdout.trim().split('\n').at(-1) ?? ''
    } catch (error) {
      if (attempt === TRIES) throw error
      console.log(`Fetching ${spec} failed (${(error as Error).message.trim()}), trying again ...`)
    }
  }
}

/** Those that CDK Terrain's users take from CDKTF, with `cdktf` an alias of `cdktn`. */
const aliased = ['provider-cloudflare', 'provider-dns', 'provider-google'].map((name) => join('@cdktf', name))

/** The same files once more in a folder where `cdktf` means CDK Terrain. */
async function copyForAlias(): Promise<void> {
  const modules = join(aliasedFolder, 'node_modules')
  if (existsSync(join(modules, 'cdktf'))) return
  await mkdir(modules, { recursive: true })
  for (const name of aliased) await cp(home(name), join(modules, name), { recursive: true })
  const cdktn = dirname(createRequire(import.meta.url).resolve('cdktn/package.json'))
  await symlink(cdktn, join(modules, 'cdktf'), 'junction')
}
