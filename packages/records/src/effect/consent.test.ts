import { describe, expect, it } from 'vitest'
import { parseConsent } from './consent.ts'

const message = (text: string) => {
  const parsed = parseConsent(text)
  return parsed.ok ? `accepted ${parsed.reason}` : parsed.finding.message
}

describe('consent to weaken', () => {
  it.each([
    ['  moving to another service, ticket 4711\n', 'moving to another service, ticket 4711'],
    ['x', 'x'],
    ['Wechsel des Anbieters – geprüft ✔️', 'Wechsel des Anbieters – geprüft ✔️'],
    ['𝒂'.repeat(500), '𝒂'.repeat(500)],
  ])('accepts %j as a reason, trimmed', (text, reason) => {
    expect(parseConsent(text)).toEqual({ ok: true, reason })
  })

  it.each(['', '  \t\n', '\u3164', '\ufe0f \u2800', '\u200b'])('refuses %j as empty', (text) => {
    expect(message(text)).toMatch(
      /^The reason is empty: found .+, expected 1 to 500 printable characters\. Write why the protection may become weaker\.$/,
    )
  })

  it.each(['one\ntwo', 'a\u001b[31m', 'a\u202eb', 'a\u2028b', 'a\ud800'])(
    'refuses %j: it cannot be printed',
    (text) => {
      expect(message(text)).toMatch(/^The reason has characters that cannot be printed: found `.+`, expected 1 to 500/)
    },
  )

  it('refuses more than 500 characters and says how many there are', () => {
    expect(message('a'.repeat(501))).toMatch(/^The reason has 501 characters: /)
  })
})
