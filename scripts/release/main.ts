import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../lib/bootstrap.mjs'
import { buildRelease } from './build-release.ts'
import { parts } from './parts.ts'
import { sbomOf } from './sbom.ts'

// `npm run release:dry [-- npm provider desktop container helm] [--add FOLDER]`: builds what a release uploads into `release/`,
// and uploads nothing. `--add` names packages of the tray app that were built on other systems. Without GPG_PRIVATE_KEY the
// provider's checksums are signed with a throwaway key, whose signature is not kept.
const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { add: { type: 'string' } } })
const unknown = wanted.find((name) => !Object.hasOwn(parts, name))
if (unknown !== undefined) {
  console.error(`There is no part ${unknown}; there are ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}
const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
const folder = join(root, 'release')
try {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const chosen = Object.entries(parts).filter(([name]) => wanted.length === 0 || wanted.includes(name))
  const files = await buildRelease(folder, {
    parts: Object.fromEntries(chosen),
    ...(values.add === undefined ? {} : { builtElsewhere: { desktop: resolve(values.add) } }),
    sboms: {
      'terraform-provider-dmarcreport': () => sbomOf('@dmarc-as-code/terraform-provider'),
      'dmarc-server': () => sbomOf('@dmarc-as-code/server'),
      'dmarc-watch': () => sbomOf('@dmarc-as-code/desktop'),
    },
    version,
    from: { commit: git('rev-parse', 'HEAD'), changed: git('status', '--porcelain') !== '', env: process.env },
    now: () => new Date(),
    log: console.log,
  })
  console.log(`${files.length} files in ${folder}. Check them there: sha256sum --check SHA256SUMS`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
