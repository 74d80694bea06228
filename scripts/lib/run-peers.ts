import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './bootstrap.mjs'
import { addUpAfterSecondRun } from './run-again.ts'
import { totalsLine } from './test-reports.ts'

// `npm run test:peers`: the suites in test-peers/, last their totals. A skipped peer is named and fails nothing. A few failed
// files are run once more, by themselves.
const reports = join(root, '.cache', 'peer-reports')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const vitest = ['vitest', 'run'] as const
const code = run(vitest[0], [vitest[1], ...process.argv.slice(2)], {
  cwd: join(root, 'test-peers'),
  env: { ...process.env, TEST_REPORT_DIR: reports },
})
const totals = addUpAfterSecondRun(reports, vitest)
console.log(totalsLine(totals))
const explained = totals.unsteadyFiles.length > 0 && totals.brokenSuites.length === 0
process.exit(totals.failed > 0 || (code !== 0 && !explained) ? 1 : 0)
