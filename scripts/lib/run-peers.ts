import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './bootstrap.mjs'
import { addUpReports, totalsLine } from './test-reports.ts'

// `npm run test:peers`: the suites in test-peers/, last their totals. A skipped peer is named and fails nothing.
const reports = join(root, '.cache', 'peer-reports')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const code = run('vitest', ['run', ...process.argv.slice(2)], {
  cwd: join(root, 'test-peers'),
  env: { ...process.env, TEST_REPORT_DIR: reports },
})
const totals = addUpReports(reports)
for (const name of totals.failedNames) console.log(`failed: ${name}`)
for (const name of totals.skippedNames) console.log(`skipped: ${name}`)
console.log(totalsLine(totals))
process.exit(code)
