import { describe, expect, it } from 'vitest'
import { parseReportUri, sameReportUri } from './report-uri.ts'

describe('parseReportUri', () => {
  it.each([
    ['mailto:agg@example.org', { uri: 'mailto:agg@example.org', scheme: 'mailto', host: 'example.org' }],
    [
      'MAILTO:Agg@Example.ORG!10M',
      { uri: 'mailto:Agg@example.org', scheme: 'mailto', host: 'example.org', size: '10M' },
    ],
    ['mailto:a@example.org!50', { uri: 'mailto:a@example.org', scheme: 'mailto', host: 'example.org', size: '50' }],
    [
      'mailto:a@example.org?subject=x',
      { uri: 'mailto:a@example.org?subject=x', scheme: 'mailto', host: 'example.org' },
    ],
    [
      'https://u@Example.org:8443/a?b=c',
      { uri: 'https://u@example.org:8443/a?b=c', scheme: 'https', host: 'example.org' },
    ],
    ['urn:example:x', { uri: 'urn:example:x', scheme: 'urn' }],
  ])('reads %s', (text, value) => {
    expect(parseReportUri(text)).toEqual({ ok: true, value })
  })

  it.each([
    'mailto:',
    'mailto:@example.org',
    'mailto:a@',
    'mailto:a@b@c.example',
    'mailto:a b@example.org',
    'https:',
    'https://',
    'https://10.0.0.1/',
    'https://[::1]/',
    'mailto:a@example.org!',
    'mailto:a@example.org!5x',
    'mailto:a=b@example.org',
    'mailto:a&b@example.org',
    'mailto:a?b@example.org',
    'mailto:a;b@example.org',
    'mailto:a/b@example.org',
  ])('fails on %j', (text) => {
    expect(parseReportUri(text)).toMatchObject({ ok: false, finding: { code: 'uri-invalid' } })
  })

  it.each([
    ['mailto:a=b@example.org', '%3D'],
    ['mailto:a&b@example.org', '%26'],
    ['mailto:a?b@example.org', '%3F'],
    ['mailto:a;b@example.org', '%3B'],
  ])('says how to write the mailbox of %s (RFC 6068)', (text, code) => {
    const parsed = parseReportUri(text)
    expect(!parsed.ok && parsed.finding.message).toContain(`expected a URI of RFC 6068. Write it as ${code}.`)
    expect(parseReportUri(text.replace(/[=&?;](?=b)/, code)).ok).toBe(true)
  })

  it('leaves = and & in header fields, where they separate', () => {
    expect(parseReportUri('mailto:a@example.org?subject=x&priority=1').ok).toBe(true)
  })

  it('fails with the text to write when only mailto: is missing', () => {
    const parsed = parseReportUri('agg@example.org')
    expect(!parsed.ok && parsed.finding.message).toContain('Write mailto:agg@example.org.')
  })
})

describe('sameReportUri', () => {
  it('ignores sizes and the case of scheme and host, not that of the mailbox', () => {
    expect(sameReportUri('mailto:a@example.org!5m', 'MAILTO:a@EXAMPLE.org')).toBe(true)
    expect(sameReportUri('mailto:a%2cb@example.org', 'mailto:a%2Cb@example.org')).toBe(true)
    expect(sameReportUri('mailto:A@example.org', 'mailto:a@example.org')).toBe(false)
    expect(sameReportUri('a@example.org', 'a@example.org')).toBe(false)
  })
})
