import { mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { root, run } from './bootstrap.mjs'
import { installSystemPackages } from './install-system-packages.ts'
import { packagesWithTests } from './packages-with-tests.ts'
import { addUpAfterSecondRun } from './run-again.ts'
import { totalsLine } from './test-reports.ts'

// `npm test`: Debian packages, lint, dead code, build, types, then every suite; last the totals of all suites. A few failed
// files are run once more, by themselves, and named when they pass then. Exits with 1 when anything failed in the end, and
// with CI=true also when anything was skipped.
const ci = process.env.CI === 'true'
const reports = join(root, '.cache', 'test-reports')
const started = Date.now()
const problems: string[] = []

function step(title: string, command: string, args: string[], env: NodeJS.ProcessEnv = process.env): void {
  const from = Date.now()
  console.log(`\n== ${title}`)
  const code = run(command, args, { env })
  console.log(
    `== ${title}: ${code === 0 ? 'ok' : `FAILED (exit code ${code})`}, ${Math.round((Date.now() - from) / 1000)} s`,
  )
  if (code !== 0) problems.push(title)
}

const missing = installSystemPackages(console.log)
if (missing.length > 0) console.log(`Not installed, so tests that need them are skipped: ${missing.join(' ')}`)

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const parallel = `--concurrency=${Math.max(2, availableParallelism())}`
const turbo = ['run', '--ui=stream', '--log-order=grouped', parallel]
step('lint', 'biome', ['check', '.'])
step('dead code and dependencies', 'knip', ['--no-progress'])
step('build', 'turbo', [...turbo, 'build', '--output-logs=errors-only'])
step('types', 'turbo', [...turbo, 'typecheck', '--output-logs=errors-only'])
const tested = run('turbo', [...turbo, 'test', '--continue'], { env: { ...process.env, TEST_REPORT_DIR: reports } })

const totals = addUpAfterSecondRun(reports, ['npm', 'test', '--'])
if (tested !== 0 && totals.failed === 0 && totals.unsteadyFiles.length === 0)
  problems.push(`tests (exit code ${tested})`)
for (const suite of totals.brokenSuites) problems.push(`${suite} (an error outside of its tests)`)
for (const folder of packagesWithTests(root)) {
  if (totals.files.some((file) => file.startsWith(join(folder, '/')))) continue
  problems.push(`no report from the tests of ${relative(root, folder)}`)
}
if (ci && totals.skipped > 0) problems.push(`${totals.skipped} skipped (with CI=true a skipped test is a failure)`)
console.log(`\nSuites: ${totals.suites.join(', ')}; ${Math.round((Date.now() - started) / 1000)} s in total`)
if (problems.length > 0) console.log(`Failed: ${problems.join(', ')}`)
console.log(totalsLine(totals))
process.exit(problems.length === 0 && totals.failed === 0 ? 0 : 1)
