import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the suites reported. `skippedNames` holds "suite: test" for each test that did not run. */
export interface Totals {
  passed: number
  failed: number
  skipped: number
  skippedNames: string[]
  /** "suite: test", or "suite: file" for a file that failed outside of its tests. */
  failedNames: string[]
  /** The first lines of what each failure said, in the order of `failedNames`. */
  failureMessages: string[]
  /** Paths of all test files that reported. */
  files: string[]
  /** Paths of the test files in which something failed. */
  failedFiles: string[]
  /** Paths of the test files that failed at first and passed when they were run again by themselves. */
  unsteadyFiles: string[]
  suites: string[]
  /** Suites that failed although each of their tests passed, by an unhandled rejection for example. */
  brokenSuites: string[]
}

interface Report {
  success?: boolean
  testResults: TestFile[]
}

interface TestFile {
  name: string
  status: string
  message?: string
  assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[]
}

const MESSAGE_LINES = 12

/** The line that `npm test` and `npm run test:peers` end with. */
export function totalsLine({ passed, failed, skipped }: Pick<Totals, 'passed' | 'failed' | 'skipped'>): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/**
 * Adds up vitest's JSON reports in a folder. A test file that could not even be loaded counts as one failure. For a file
 * that was run again, what the report in `again` (by default none) says stands instead.
 */
export function addUpReports(folder: string, again?: string): Totals {
  const totals: Totals = {
    passed: 0,
    failed: 0,
    skipped: 0,
    skippedNames: [],
    failedNames: [],
    failureMessages: [],
    files: [],
    failedFiles: [],
    unsteadyFiles: [],
    suites: [],
    brokenSuites: [],
  }
  for (const report of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const suite = report.slice(0, -'.json'.length)
    totals.suites.push(suite)
    const { success, testResults } = read(join(folder, report))
    if (success === false && !testResults.some(failed)) totals.brokenSuites.push(suite)
    const second = new Map(
      again === undefined ? [] : read(join(again, report)).testResults.map((file) => [file.name, file]),
    )
    for (const first of testResults) {
      const file = (failed(first) && second.get(first.name)) || first
      if (failed(first) && !failed(file)) totals.unsteadyFiles.push(file.name)
      add(totals, suite, file)
    }
  }
  return totals
}

function read(path: string): Report {
  if (!existsSync(path)) return { testResults: [] }
  return JSON.parse(readFileSync(path, 'utf8')) as Report
}

function failed(file: TestFile): boolean {
  return file.status === 'failed' || file.assertionResults.some((test) => test.status === 'failed')
}

function add(totals: Totals, suite: string, file: TestFile): void {
  const fail = (name: string, message: string | undefined) => {
    totals.failed++
    totals.failedNames.push(`${suite}: ${name}`)
    totals.failureMessages.push((message ?? '').split('\n').slice(0, MESSAGE_LINES).join('\n'))
  }
  totals.files.push(file.name)
  if (failed(file)) totals.failedFiles.push(file.name)
  if (file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')) {
    fail(file.name, file.message)
  }
  for (const test of file.assertionResults) {
    if (test.status === 'passed') totals.passed++
    else if (test.status === 'failed') fail(test.fullName, test.failureMessages?.[0])
    else {
      totals.skipped++
      totals.skippedNames.push(`${suite}: ${test.fullName}`)
    }
  }
}
