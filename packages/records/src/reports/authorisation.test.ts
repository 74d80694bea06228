import { describe, expect, it } from 'vitest'
import { parseReportAuthorisation, reportAuthorisationName, reportAuthorisationWildcard } from './authorisation.ts'

describe('reportAuthorisationName', () => {
  it('asks nothing within one organisation', () => {
    expect(reportAuthorisationName('example.com', 'mailto:a@example.com')).toBeNull()
    expect(reportAuthorisationName('mail.example.com', 'mailto:a@EXAMPLE.com')).toBeNull()
  })

  it('compares labels, not endings', () => {
    expect(reportAuthorisationName('example.com', 'mailto:a@notexample.com')).toBe(
      'example.com._report._dmarc.notexample.com',
    )
  })

  it('asks for siblings unless told that they are one organisation', () => {
    const uri = 'mailto:a@b.example.com'
    expect(reportAuthorisationName('a.example.com', uri)).toBe('a.example.com._report._dmarc.b.example.com')
    expect(reportAuthorisationName('a.example.com', uri, { organisationalDomain: () => 'example.com' })).toBeNull()
  })

  it('asks below a public suffix when told the organisations differ', () => {
    const options = { organisationalDomain: (host: string) => host }
    expect(reportAuthorisationName('shop.bank', 'mailto:a@bank', options)).toBe('shop.bank._report._dmarc.bank')
  })

  it('writes international names as A-labels', () => {
    expect(reportAuthorisationName('Bücher.example', 'https://r.example.net/in')).toBe(
      'xn--bcher-kva.example._report._dmarc.r.example.net',
    )
  })

  it('fails where the name passes the DNS limit, so that reports would never come', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example`
    expect(() => reportAuthorisationName(long, `mailto:a@${'d'.repeat(60)}.example.net`)).toThrow(/at most 253/)
  })

  it('fails on a wrong domain, a wrong address and one without a host', () => {
    expect(() => reportAuthorisationName('10.0.0.1', 'mailto:a@example.net')).toThrow(/policy domain/)
    expect(() => reportAuthorisationName('example.com', 'a@example.net')).toThrow(/report address/)
    expect(() => reportAuthorisationName('example.com', 'urn:a:b')).toThrow(/no host/)
  })
})

describe('reportAuthorisationWildcard', () => {
  it('gives the one record that allows all reports to a host', () => {
    expect(reportAuthorisationWildcard('Reports.example')).toEqual({
      name: '*._report._dmarc.reports.example',
      value: 'v=DMARC1;',
    })
    expect(
      parseReportAuthorisation([reportAuthorisationWildcard('reports.example').value], 'mailto:a@reports.example')
        .authorised,
    ).toBe(true)
  })
})

describe('parseReportAuthorisation', () => {
  const uri = 'mailto:a@example.net'

  it('is content with one value that begins with the version, among others', () => {
    expect(parseReportAuthorisation(['v=spf1 -all', 'v=DMARC1'], uri)).toEqual({
      authorised: true,
      rua: null,
      errors: [],
    })
  })

  it('answers the address the host wants instead', () => {
    expect(parseReportAuthorisation(['v=DMARC1; rua=mailto:b@EXAMPLE.net'], uri).rua).toEqual(['mailto:b@example.net'])
  })

  it('fails without any, and with one that sends reports to another host', () => {
    expect(parseReportAuthorisation(['v=spf1 -all'], uri)).toMatchObject({
      authorised: false,
      errors: [{ code: 'record-missing' }],
    })
    expect(parseReportAuthorisation(['v=DMARC1; rua=mailto:a@example.org'], uri)).toMatchObject({
      authorised: false,
      errors: [{ code: 'report-host-changed' }],
    })
  })
})
