import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addUpReports } from './test-reports.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('adds up the suites, names what was skipped and counts a file that could not be loaded as a failure', () => {
  const report = (testResults: unknown[]) => JSON.stringify({ testResults })
  const result = (fullName: string, status: string) => ({
    fullName,
    status,
    failureMessages: status === 'failed' ? ['expected 1'] : [],
  })
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

  expect(addUpReports(folder)).toMatchObject({
    passed: 2,
    failed: 2,
    skipped: 1,
    failedNames: ['dns: writes', 'dns: broken.test.ts'],
    failureMessages: ['expected 1', 'SyntaxError'],
    failedFiles: ['a.test.ts', 'broken.test.ts'],
    files: ['a.test.ts', 'broken.test.ts', 'b.test.ts'],
    skippedNames: ['dns: BIND: updates'],
    suites: ['dns', 'records'],
    brokenSuites: [],
  })
})

it('takes the second report of a file that was run again, and names it when it passed', () => {
  writeReport('dns.json', {
    testResults: [file('a.test.ts', 'failed'), file('b.test.ts', 'failed'), file('c.test.ts', 'passed')],
  })
  mkdirSync(join(folder, 'again'))
  writeReport('again/dns.json', { testResults: [file('a.test.ts', 'passed'), file('b.test.ts', 'failed')] })

  expect(addUpReports(folder, join(folder, 'again'))).toMatchObject({
    passed: 2,
    failed: 1,
    failedFiles: ['b.test.ts'],
    unsteadyFiles: ['a.test.ts'],
  })
})

it('names a suite that failed although none of its tests did', () => {
  writeReport('dns.json', { success: false, testResults: [file('a.test.ts', 'passed')] })
  expect(addUpReports(folder).brokenSuites).toEqual(['dns'])
})

function writeReport(name: string, report: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(report))
}

function file(name: string, status: string): unknown {
  return { name, status, assertionResults: [{ fullName: `${name} works`, status }] }
}
