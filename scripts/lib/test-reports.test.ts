import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { addUpReports } from './test-reports.ts'

const folder = mkdtempSync(join(tmpdir(), 'reports-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('adds up the suites, names what was skipped and counts a file that could not be loaded as a failure', () => {
  const report = (testResults: unknown[]) => JSON.stringify({ testResults })
  const result = (fullName: string, status: string) => ({ fullName, status })
  writeFileSync(
    join(folder, 'dns.json'),
    report([
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [result('reads', 'passed'), result('writes', 'failed'), result('BIND: updates', 'pending')],
      },
      { name: 'broken.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] },
    ]),
  )
  writeFileSync(
    join(folder, 'records.json'),
    report([{ name: 'b.test.ts', status: 'passed', assertionResults: [result('parses', 'passed')] }]),
  )
  writeFileSync(join(folder, 'not-a-report.txt'), '')

  expect(addUpReports(folder)).toEqual({
    passed: 2,
    failed: 2,
    skipped: 1,
    failedNames: ['dns: writes', 'dns: broken.test.ts'],
    skippedNames: ['dns: BIND: updates'],
    suites: ['dns', 'records'],
  })
})
