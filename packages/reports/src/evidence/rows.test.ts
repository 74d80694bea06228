import { describe, expect, it } from 'vitest'
import { begin, end, record, reportInput } from '../../test/samples.ts'
import { evidenceReport, evidenceRows } from './rows.ts'

describe('rows of evidence', () => {
  it('come from a record, one per day of its period', () => {
    const { dkim, spf } = record.authResults
    const common = {
      source: 'example.net',
      headerFrom: 'example.com',
      dkimAligned: true,
      spfAligned: false,
      overridden: false,
      dkim,
      spf,
    }
    expect(evidenceRows(reportInput, record, 'example.net')).toEqual([{ ...common, day: '2026-03-02', count: 12 }])
    const twoDays = {
      ...reportInput,
      metadata: { ...reportInput.metadata, dateRange: { begin, end: end + 1 + 86_400 } },
    }
    expect(evidenceRows(twoDays, record, 'example.net').map(({ day, count }) => [day, count])).toEqual([
      ['2026-03-02', 6],
      ['2026-03-03', 6],
    ])
  })

  it('know the reporter by the domain of its contact, else by its name', () => {
    expect(evidenceReport(reportInput)).toEqual({ reporter: 'receiver.example', begin, end, policy: { p: 'none' } })
    const nameless = { ...reportInput, metadata: { ...reportInput.metadata, email: '' } }
    expect(evidenceReport(nameless).reporter).toBe('receiver example')
  })
})
