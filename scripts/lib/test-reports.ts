import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the suites reported. `skippedNames` holds "suite: test" for each test that did not run. */
export interface Totals {
  passed: number
  failed: number
  skipped: number
  skippedNames: string[]
  failedNames: string[]
  suites: string[]
}

interface VitestReport {
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { fullName: string; status: string }[]
  }[]
}

/** The line that `npm test` and `npm run test:peers` end with. */
export function totalsLine({ passed, failed, skipped }: Pick<Totals, 'passed' | 'failed' | 'skipped'>): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Adds up vitest's JSON reports in a folder. A test file that could not even be loaded counts as one failure. */
export function addUpReports(folder: string): Totals {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0, skippedNames: [], failedNames: [], suites: [] }
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const suite = file.slice(0, -'.json'.length)
    totals.suites.push(suite)
    const report = JSON.parse(readFileSync(join(folder, file), 'utf8')) as VitestReport
    for (const testFile of report.testResults) {
      if (testFile.status === 'failed' && testFile.assertionResults.every((test) => test.status !== 'failed')) {
        totals.failed++
        totals.failedNames.push(`${suite}: ${testFile.name}`)
      }
      for (const test of testFile.assertionResults) {
        if (test.status === 'passed') totals.passed++
        else if (test.status === 'failed') {
          totals.failed++
          totals.failedNames.push(`${suite}: ${test.fullName}`)
        } else {
          totals.skipped++
          totals.skippedNames.push(`${suite}: ${test.fullName}`)
        }
      }
    }
  }
  return totals
}
