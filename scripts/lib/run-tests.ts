import { mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root, run } from './bootstrap.mjs'
import { installSystemPackages } from './install-system-packages.ts'
import { addUpReports, totalsLine } from './test-reports.ts'

// `npm test`: Debian packages, lint, dead code, build, types, then every suite; last the totals of all suites. Exits with 1 when
// anything failed, and with CI=true also when anything was skipped.
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
step('tests', 'turbo', [...turbo, 'test', '--continue'], { ...process.env, TEST_REPORT_DIR: reports })

const totals = addUpReports(reports)
if (totals.passed === 0) problems.push('no test was executed')
for (const name of totals.failedNames) console.log(`failed: ${name}`)
for (const name of totals.skippedNames) console.log(`skipped: ${name}`)
if (ci && totals.skipped > 0) problems.push(`${totals.skipped} skipped (with CI=true a skipped test is a failure)`)
console.log(`\nSuites: ${totals.suites.join(', ')}; ${Math.round((Date.now() - started) / 1000)} s in total`)
if (problems.length > 0) console.log(`Failed: ${problems.join(', ')}`)
console.log(totalsLine(totals))
process.exit(problems.length === 0 && totals.failed === 0 ? 0 : 1)
