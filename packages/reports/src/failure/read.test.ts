import { describe, expect, it } from 'vitest'
import { readFailure } from './read.ts'

const feedback = [
  'Feedback-Type: auth-failure',
  'User-Agent: receiver/1.0',
  'Version: 1.0',
  'Auth-Failure: dmarc (policy)',
  'Authentication-Results: receiver.example; dmarc=fail',
  ' header.from=example.com',
  'Identity-Alignment: none',
  'Reported-Domain: Example.com',
  'Source-IP: 192.0.2.1 (mail.example.net)',
  'Original-Mail-From: <bounce@example.net>',
  'Original-Rcpt-To: <ann@receiver.example>',
  'Received-Date: Mon, 2 Mar 2026 10:00:00 +0000',
  'Incidents: 4',
  'X-Unknown: ignored',
]
const original = 'From: "Boss" <boss@example.com>\nTo: ann@receiver.example\nSubject: Invoice\n\nThe body is not kept.'
const hideLocalPart = (local: string): string => `h${local.length}`

describe('a failure report', () => {
  it.each(['\r\n', '\n'])('is read with line ends %j', (lineEnd) => {
    const outcome = readFailure({ feedback: feedback.join(lineEnd), original: original.replaceAll('\n', lineEnd) })
    expect(outcome).toMatchObject({
      ok: true,
      report: {
        authFailure: 'dmarc',
        authenticationResults: 'receiver.example; dmarc=fail header.from=example.com',
        reportedDomains: ['example.com'],
        sourceIp: '192.0.2.1',
        originalMailFrom: 'bounce@example.net',
        arrivalDate: Date.UTC(2026, 2, 2, 10),
        incidents: 4,
        headerFrom: 'example.com',
      },
      warnings: [{ code: 'alignment-ambiguous' }],
    })
    expect(JSON.stringify(outcome)).not.toContain('The body')
  })

  it('hides every local part when asked to', () => {
    const outcome = JSON.stringify(readFailure({ feedback: feedback.join('\n'), original }, { hideLocalPart }))
    for (const person of ['bounce@', 'ann@', 'boss@']) expect(outcome).not.toContain(person)
    expect(outcome).toContain('h4@example.com')
  })

  it('is read without the original message', () => {
    expect(readFailure({ feedback: feedback.join('\n') })).toMatchObject({
      ok: true,
      report: { headers: [] },
      warnings: [{ code: 'original-missing' }, { code: 'alignment-ambiguous' }],
    })
  })

  it('is set aside when it is a complaint, or says nothing of its type', () => {
    const code = (text: string): string | undefined => {
      const outcome = readFailure({ feedback: text })
      return outcome.ok ? undefined : outcome.problem.code
    }
    expect(code('Feedback-Type: abuse')).toBe('feedback-type-other')
    expect(code('User-Agent: x')).toBe('feedback-type-missing')
  })
})
