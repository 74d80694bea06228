import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { makeContainerContext } from '../container/context.ts'
import { root, run } from '../lib/bootstrap.mjs'
import { packAll } from '../packages/pack-all.ts'

/** Builds one kind of what a release uploads, into a folder of its own. */
export type BuildPart = (folder: string) => Promise<void>

/** What a release consists of, by the name of its folder in `release/`. */
export const parts = {
  /** The tarballs of the published packages. */
  npm: async (folder) => {
    const packed = await packAll()
    for (const tarball of packed.tarballs.values()) cpSync(tarball, join(folder, basename(tarball)))
    rmSync(packed.base, { recursive: true, force: true })
  },
  /** The archives for registries and mirrors, the tree of the provider's repository, and the OCI layout. */
  provider: async (folder) => {
    const provider = join(root, 'packages/terraform-provider')
    const built = join(provider, 'dist/release')
    rmSync(built, { recursive: true, force: true })
    succeed('npm', ['run', '--silent', 'package'], provider)
    const signing = process.env.GPG_PRIVATE_KEY === undefined ? ['--', '--dry-run'] : []
    succeed('npm', ['run', '--silent', 'release', ...signing], provider)
    cpSync(built, folder, { recursive: true })
  },
  /** The tray app: the packages that this system has the tools for. */
  desktop: async (folder) => {
    const desktop = join(root, 'apps/desktop')
    const kinds = packagesOf[process.platform] ?? []
    if (kinds.length === 0) throw new Error(`There is no package of the tray app for ${process.platform}.`)
    succeed('npm', ['run', '--silent', 'build'], desktop)
    for (const kind of kinds) succeed('npm', ['run', '--silent', 'package', '--', kind], desktop)
    const built = readdirSync(join(desktop, 'release')).filter((name) =>
      /(\.(deb|AppImage|dmg|zip|exe)|^latest.*\.yml)$/.test(name),
    )
    for (const name of built) cpSync(join(desktop, 'release', name), join(folder, name))
  },
  /** The build context of the server's image. */
  container: async (folder) => {
    const context = join(folder, 'dmarc-server-image')
    makeContainerContext(context)
    succeed('tar', ['-czf', `${context}.tar.gz`, '-C', folder, basename(context)], root)
    rmSync(context, { recursive: true })
  },
  /** The chart, as `helm package` writes it: an archive of its folder. */
  helm: async (folder) => {
    const charts = join(root, 'deploy/helm')
    for (const chart of readdirSync(charts)) {
      const file = join(folder, `${chart}-${chartVersion(join(charts, chart))}.tgz`)
      succeed('tar', ['-czf', file, '-C', charts, chart], root)
    }
  },
} satisfies Record<string, BuildPart>

/** The deb needs no tool from the network; electron-builder fetches those of the others, and wants to be first. */
const packagesOf: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: process.env.DMARC_WATCH_ELECTRON === undefined ? ['deb'] : ['AppImage', 'deb'],
  darwin: ['dmg'],
  win32: ['nsis'],
}

function chartVersion(chart: string): string {
  const version = /^version: (\S+)$/m.exec(readFileSync(join(chart, 'Chart.yaml'), 'utf8'))?.[1]
  if (version === undefined) throw new Error(`${chart}/Chart.yaml names no version.`)
  return version
}

function succeed(program: string, args: readonly string[], cwd: string): void {
  const code = run(program, [...args], { cwd })
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} in ${cwd} ended with exit code ${code}.`)
}
