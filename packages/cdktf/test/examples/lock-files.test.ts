import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { NPM_TIMEOUT_MS, npm } from '../archives.ts'
import { exampleFolder } from './on-sandbox.ts'

const require = createRequire(import.meta.url)
const examples = (await readdir(exampleFolder(''))).filter((name) => /^cdktf-|^ci$|^existing|^evidence/.test(name))

interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

it.each(examples)('npm ci takes the lock file of examples/%s', { timeout: NPM_TIMEOUT_MS }, async (name) => {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const file of ['package.json', 'package-lock.json']) {
    await cp(join(exampleFolder(name), file), join(folder, file))
  }
  await npm(['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund'], folder)
})

it.each(examples)(
  'the lock file of examples/%s says of our packages what they say (if not: npm run generate:locks)',
  async (name) => {
    const lock: Lock = JSON.parse(await readFile(join(exampleFolder(name), 'package-lock.json'), 'utf8'))
    const own = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/@dmarc-as-code/'))
    expect(own.map(([path]) => path)).toContain('node_modules/@dmarc-as-code/cdktf')
    for (const [path, entry] of own) {
      const manifest = require(`${path.replace('node_modules/', '')}/package.json`)
      for (const field of ['version', 'dependencies', 'peerDependencies']) {
        expect(entry[field], `${path} ${field}`).toEqual(manifest[field])
      }
    }
    const text = JSON.stringify(lock)
    // Where it came from on the machine that made it.
    expect(text).not.toContain('"resolved"')
    expect(text).not.toContain('file:')
  },
)
