// Runs before npm packs the package in the current folder: builds it with everything it needs, and puts the license and the
// changelog of the repository into it. `node scripts/prepack.mjs clean` takes both out again afterwards.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const shared = ['LICENSE', 'CHANGELOG.md']

if (process.argv[2] === 'clean') {
  for (const file of shared) rmSync(file, { force: true })
} else {
  const { name } = JSON.parse(readFileSync('package.json', 'utf8'))
  const turbo = join(root, 'node_modules/.bin/turbo')
  // On stderr: the standard output of `npm pack` belongs to npm.
  const stdio = ['ignore', process.stderr, process.stderr]
  execFileSync(turbo, ['run', 'build', `--filter=${name}`, '--output-logs=errors-only'], {
    cwd: root,
    stdio,
    shell: process.platform === 'win32',
  })
  for (const file of shared) copyFileSync(join(root, file), file)
}
