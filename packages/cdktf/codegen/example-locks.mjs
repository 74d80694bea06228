// Writes the lock files of the examples: `npm run generate:locks`. Our own packages are taken from this repository; in the lock
// file they stand with their version alone, as they will come from the registry.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownPackages } from '../../../scripts/lib/own-packages.ts'

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const examples = join(repository, 'examples')
const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

const work = mkdtempSync(join(tmpdir(), 'example-locks-'))
const archives = {}
const folders = ['packages/cdktf', 'packages/terraform-provider'].flatMap((one) => [...ownPackages(one), one])
for (const each of new Set(folders)) {
  const [name, folder] = [basename(each), join(repository, each)]
  const printed = npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', work], folder)
  archives[`@dmarc-as-code/${name}`] = `file:${join(work, printed.trim().split('\n').at(-1))}`
}

for (const name of readdirSync(examples).filter((one) => existsSync(join(examples, one, 'package.json')))) {
  const manifest = read(join(examples, name, 'package.json'))
  const folder = join(work, name)
  cpSync(join(examples, name, 'package.json'), join(folder, 'package.json'))
  const ours = Object.keys(manifest.dependencies).filter((one) => one in archives)
  const dependencies = { ...manifest.dependencies, ...Object.fromEntries(ours.map((one) => [one, archives[one]])) }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies, overrides: needs(ours) }))
  npm(['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], folder)
  const lock = read(join(folder, 'package-lock.json'))
  Object.assign(lock.packages[''], { dependencies: manifest.dependencies })
  for (const [path, entry] of Object.entries(lock.packages)) {
    // Where a package came from is a matter of the machine; its integrity is that of the registry everywhere.
    delete entry.resolved
    if (path.startsWith('node_modules/@dmarc-as-code/')) delete entry.integrity
  }
  writeFileSync(join(examples, name, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${name}: ${Object.keys(lock.packages).length - 1} packages`)
}
rmSync(work, { recursive: true })

/** What our packages need of each other is in no registry yet. */
function needs(direct) {
  return Object.fromEntries(Object.entries(archives).filter(([name]) => !direct.includes(name)))
}
