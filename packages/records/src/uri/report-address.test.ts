import { describe, expect, it } from 'vitest'
import { RecordError } from '../record-error.ts'
import { mailtoUri, reportAddressOf, reportUriOf } from './report-address.ts'

describe('mailtoUri', () => {
  it.each([
    ['dmarc@Example.com', 'mailto:dmarc@example.com'],
    ['dmarc+in@bücher.example', 'mailto:dmarc+in@xn--bcher-kva.example'],
    ['a!b/c@example.com', 'mailto:a%21b%2Fc@example.com'],
    ['a=b&c?d@example.com', 'mailto:a%3Db%26c%3Fd@example.com'],
    ["o'neil%x@example.com", "mailto:o'neil%25x@example.com"],
  ])('makes %s into %s', (email, uri) => {
    expect(mailtoUri(email)).toBe(uri)
  })

  it.each([
    '',
    'example.com',
    '@example.com',
    'a@',
    'a b@example.com',
    'a,b@example.com',
    '.a@example.com',
    'a..b@example.com',
    'ü@example.com',
    'a@10.0.0.1',
    'a@localhost',
    'a@b@example.com',
  ])('fails on %j', (email) => {
    expect(() => mailtoUri(email)).toThrow(/one e-mail address/)
  })

  it('fails on an address that has its scheme already, and says so', () => {
    expect(() => mailtoUri('mailto:a@example.com')).toThrow(/Leave out mailto:/)
  })
})

describe('reportUriOf', () => {
  it('takes an e-mail address or a URI', () => {
    expect(reportUriOf('dmarc@Example.com')).toBe('mailto:dmarc@example.com')
    expect(reportUriOf('MAILTO:dmarc@Example.com!10m')).toBe('mailto:dmarc@example.com')
    expect(reportUriOf('https://example.com/dmarc')).toBe('https://example.com/dmarc')
  })

  it('fails on what is neither', () => {
    for (const text of ['', 'example.com', 'mailto:', 'https://10.0.0.1/'])
      expect(() => reportUriOf(text)).toThrow(RecordError)
  })
})

describe('reportAddressOf', () => {
  it.each([
    ['mailto:dmarc@example.com', 'dmarc@example.com'],
    ['mailto:a%2Cb@example.com', 'mailto:a%2Cb@example.com'],
    ['mailto:a@example.com?subject=x', 'mailto:a@example.com?subject=x'],
    ['https://example.com/dmarc', 'https://example.com/dmarc'],
  ])('shortens %s to %s, and back again', (uri, address) => {
    expect(reportAddressOf(uri)).toBe(address)
    expect(reportUriOf(address)).toBe(uri)
  })
})
