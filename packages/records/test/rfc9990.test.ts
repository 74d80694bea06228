import { describe, expect, it } from 'vitest'
import { parseDmarc, parseReportAuthorisation, reportAuthorisationName } from '../src/index.ts'

/** RFC 9990, aggregate reports: which addresses they may go to. */
describe('RFC 9990', () => {
  it('3.5: ignores a bad address and keeps the good ones', () => {
    const { tags, outcome } = parseDmarc(
      'v=DMARC1; p=reject; rua=nonsense,mailto:a@example.org,mailto:,mailto:b@example.org',
    )
    expect(tags.rua).toEqual(['mailto:a@example.org', 'mailto:b@example.org'])
    expect(outcome).toBe('policy')
  })

  it('4: builds the name to ask from the policy domain and the host of the address', () => {
    expect(reportAuthorisationName('blue.example.com', 'mailto:reports@red.example.net')).toBe(
      'blue.example.com._report._dmarc.red.example.net',
    )
    expect(reportAuthorisationName('example.com', 'mailto:auth-reports@thirdparty.example.net')).toBe(
      'example.com._report._dmarc.thirdparty.example.net',
    )
  })

  it('4: asks nothing for a host of the same organisation', () => {
    expect(reportAuthorisationName('example.com', 'mailto:reports@sub.example.com')).toBeNull()
  })

  it.each(['v=DMARC1', 'v=DMARC1;', 'v=DMARC1; rua=mailto:new@red.example.net'])('4: %s allows', (text) => {
    expect(parseReportAuthorisation([text], 'mailto:reports@red.example.net').authorised).toBe(true)
  })

  it.each([[[]], [['v=dmarc1']], [['p=none; v=DMARC1']], [['v=DMARC1; rua=mailto:x@blue.example.com']]])(
    '4: %j forbids',
    (values) => {
      expect(parseReportAuthorisation(values, 'mailto:reports@red.example.net').authorised).toBe(false)
    },
  )
})
