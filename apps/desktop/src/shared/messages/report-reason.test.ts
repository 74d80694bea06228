import { reasonsOf, reasonText } from '@dmarc-as-code/records/reasons'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { germanReportReasons } from './german-report-reasons.ts'
import { setLanguage } from './messages.ts'
import { type ReportSubject, reportReason } from './report-reason.ts'

beforeEach(() => setLanguage('de'))
afterEach(() => setLanguage('en'))

const subjects = Object.keys(germanReportReasons) as ReportSubject[]
const all = subjects.flatMap((subject) => reasonsOf(subject).map((code) => [subject, code] as const))

describe('a reason about reports', () => {
  it.each(all)('%s %s is in German, with what English has', (subject, code) => {
    for (const context of [{}, { found: 'x-found', domain: 'x-domain.example' }]) {
      const english = reasonText(subject, code as string, context)
      const german = reportReason(subject, code, context)
      for (const part of ['title', 'explanation', 'fix'] as const) {
        const text = german?.[part] ?? ''
        expect(text === '', part).toBe(english?.[part] === '')
        if (text !== '') expect(text, part).not.toBe(english?.[part])
        expect(text, part).not.toMatch(/[{}]/)
        for (const value of ['x-found', 'x-domain.example'])
          if (english?.[part].includes(value)) expect(text, part).toContain(value)
      }
    }
  })

  it('is worded by the shared catalogue in English', () => {
    setLanguage('en')
    expect(reportReason('policy_blocker', 'rate-low', { found: '96 %' })).toEqual({
      title: 'Own mail fails',
      explanation: 'Too many messages of your own sources fail DMARC: 96 %.',
      fix: 'Look at the sources that fail most and correct how they sign or which domain they send from.',
    })
  })

  it('is unknown where the service is newer than the app', () => {
    expect(reportReason('policy_blocker', 'something-new')).toBeUndefined()
  })
})
