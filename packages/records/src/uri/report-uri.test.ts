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
    'https:example.org/a',
    'https://example.org:99999/',
    'mailto:.a@example.org',
    'mailto:a.@example.org',
    'mailto:a..b@example.org',
    'mailto:%2Ea@example.org',
    'mailto:a%2E%2eb@example.org',
    'mailto:%00@example.org',
    'mailto:a%0d%0aRCPT@example.org',
    'mailto:a%20b@example.org',
    'mailto:a%40b@example.org',
    'mailto:a%3Cb%3E@example.org',
    'mailto:%FF@example.org',
    'mailto:%22a@example.org',
    `mailto:${'a'.repeat(65)}@example.org`,
    'mailto:a@example.org?cc=b@example.net',
    'mailto:a@example.org?to=b@example.net',
    'mailto:a@example.org?subject=x&BCC=b@example.net',
    'mailto:a@example.org?c%63=b@example.net',
    'mailto:a@example.org?%20cc=b@example.net',
    'mailto:a@example.org?resent-to=b@example.net',
    'mailto:a@example.org?subject=x%0D%0ABcc:%20b@example.net',
    'mailto:a@example.org?x%0D%0Abcc=b@example.net',
    'mailto:a@example.org?',
    'mailto:a@example.org?subject',
    'mailto:a@example.org?subject=x=y',
    'mailto:a@example.org?subject=a?b',
    'mailto:a@example.org?subject=%FF',
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

  it.each([
    ['', 'Write one, or remove the extra comma.'],
    ['mailto:a@example.org.', 'Remove the final dot.'],
    ['mailto:a', 'Write a mailbox, @ and the host.'],
    ['mailto:@example.org', 'Write the mailbox in front of the @.'],
    ['mailto:a@', 'Write the host behind the @.'],
    ['mailto://a@example.org', 'Remove the slashes behind mailto:.'],
    ['mailto: a@example.org', 'Remove the space.'],
    ['mailto:%22a b%22@example.org', 'Write it as %20.'],
    ['mailto:a@example.org!', 'Remove it: no host has it.'],
    ['mailto:a@example.org;b@example.org', 'Write one mailto: for each address, with commas between them.'],
    ['mailto:a@example.org%2Cb@example.org', 'Write one mailto: for each address, with commas between them.'],
    ['mailto:a@m%C3%BCnch.example', 'Write the host as A-labels (xn--...).'],
    ['mailto:a@m\u00fcnch.example', 'Write the host as A-labels (xn--...).'],
    ['mailto:\u00fc@example.org', 'Percent-encode it as UTF-8.'],
    ['mailto:a\u200b@example.org', 'Remove what is invisible.'],
    ['mailto:a@192.0.2.1', 'not by an IP address.'],
    ['mailto:a@[192.0.2.1]', 'not by an IP address.'],
    ['mailto:a@ex_ample.org', 'Write a host name:'],
    ['https://example.org:99999/', 'Write a port of at most 65535.'],
    ['https:///reports', 'Write https:// and the host.'],
    ['https://[2001:db8::1]/', 'not by an IP address.'],
  ])('gives advice that fits: for %j it is %j', (text, next) => {
    const parsed = parseReportUri(text)
    expect(!parsed.ok && parsed.finding.message).toContain(next)
  })

  it.each([
    ['mailto:%61%2b%62@example.org', 'mailto:a+b@example.org'],
    ['mailto:a%2cb@example.org', 'mailto:a%2Cb@example.org'],
    ['mailto:%22a%20b%22@example.org', 'mailto:%22a%20b%22@example.org'],
    ['mailto:%C3%BC@example.org', 'mailto:%C3%BC@example.org'],
    ['mailto:a%2541@example.org', 'mailto:a%2541@example.org'],
    ['https://example.org/%7ea%2fb', 'https://example.org/~a%2Fb'],
    [`mailto:${'a'.repeat(64)}@example.org`, `mailto:${'a'.repeat(64)}@example.org`],
    ['mailto:a@example.org?body=a%0D%0Ab', 'mailto:a@example.org?body=a%0D%0Ab'],
  ])('gives one text for one address: %s is %s', (text, uri) => {
    const parsed = parseReportUri(text)
    expect(parsed.ok && parsed.value.uri).toBe(uri)
    expect(sameReportUri(text, uri)).toBe(true)
  })

  it('says what a mailbox needs, and that header fields may not add recipients', () => {
    const messages = ['mailto:a..b@example.org', 'mailto:a@example.org?Cc=b@example.net'].map((text) => {
      const parsed = parseReportUri(text)
      return parsed.ok ? '' : parsed.finding.message
    })
    expect(messages).toEqual([
      'The part before the @ is no mailbox: found `mailto:a..b@example.org`, expected words of at most 64 characters in all, with single dots between them. Write an address that receives mail.',
      'The header field Cc adds a recipient: found `mailto:a@example.org?Cc=b@example.net`, expected a URI of RFC 6068. Remove the question mark and what follows it.',
    ])
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
