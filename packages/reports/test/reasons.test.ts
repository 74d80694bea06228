import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reasonsOf } from '@dmarc-as-code/records/reasons'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../src')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n')

const subjects = ['report_problem', 'report_warning', 'policy_blocker', 'mta_sts_blocker', 'failure_cause'] as const
const codes = subjects.flatMap((subject) => reasonsOf(subject).map((code) => [subject, code] as const))

describe('the catalogue of reasons', () => {
  it.each(codes)('has no %s that this package never gives: %s', (_, code) => {
    expect(sources).toContain(`'${code}'`)
  })
})
