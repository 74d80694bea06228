import { describe, expect, it } from 'vitest'
import { formatDmarc } from '../dmarc/format.ts'
import { defaultDmarc, mailtoUri } from './default-dmarc.ts'
import { validateHostedDmarcConfig } from './dmarc-config.ts'

const addresses = { rua: ['mailto:k1.a@reports.example'], ruf: ['mailto:k1.f@reports.example'] }

describe('defaultDmarc', () => {
  it('changes nothing but the reports for a domain that sends', () => {
    expect(formatDmarc(defaultDmarc(addresses))).toBe(
      'v=DMARC1; p=none; fo=1; rua=mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example',
    )
  })

  it('rejects everything for a parked domain, and satisfies the parked rules', () => {
    const text = formatDmarc(defaultDmarc({ rua: addresses.rua, parked: true }))
    expect(text).toBe('v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:k1.a@reports.example')
    expect(validateHostedDmarcConfig(text, text, { parked: true }).ok).toBe(true)
  })
})

describe('mailtoUri', () => {
  it.each([
    ['dmarc@Example.com', 'mailto:dmarc@example.com'],
    ['dmarc+in@bücher.example', 'mailto:dmarc+in@xn--bcher-kva.example'],
    ['a!b/c@example.com', 'mailto:a%21b%2Fc@example.com'],
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
