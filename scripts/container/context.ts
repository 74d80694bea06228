import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root, run } from '../lib/bootstrap.mjs'
import { ownPackages } from '../lib/own-packages.ts'

const SERVER = 'apps/server'

/** The name in the package.json of a build context. */
const CONTEXT = 'dmarc-server-image'

/**
 * Makes the build context of the container image in `folder`: the Containerfile, the tarballs of the server and of our
 * packages that it needs, and a lock file for everything else. An older context there is replaced.
 *
 * @throws {Error} if the folder holds something else, a package cannot be packed, or the lock file cannot be made
 */
export function makeContainerContext(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0 && !isContext(folder)) {
    throw new Error(`${folder} is not empty, and no build context of the server. Name a new folder.`)
  }
  rmSync(folder, { recursive: true, force: true })
  const tarballs = join(folder, 'tarballs')
  mkdirSync(tarballs, { recursive: true })
  const dependencies: Record<string, string> = {}
  for (const each of [...ownPackages(SERVER), SERVER]) {
    const manifest = JSON.parse(readFileSync(join(root, each, 'package.json'), 'utf8')) as Record<string, string>
    const { name = '', version = '' } = manifest
    succeed('npm', ['pack', '--silent', '--pack-destination', tarballs], join(root, each))
    dependencies[name] = `file:tarballs/${name.replace('@', '').replace('/', '-')}-${version}.tgz`
  }
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify({ name: CONTEXT, private: true, dependencies }, null, 2)}\n`,
  )
  succeed('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], folder)
  const containerfile = join(root, 'deploy/container/Containerfile')
  copyFileSync(containerfile, join(folder, basename(containerfile)))
}

function isContext(folder: string): boolean {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name === CONTEXT
  } catch {
    return false
  }
}

function succeed(program: string, args: string[], cwd: string): void {
  const code = run(program, args, { cwd, stdio: ['ignore', process.stderr, process.stderr] })
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} in ${cwd} ended with exit code ${code}.`)
}
