import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differingDmarcTags, parseDmarc } from '../index.ts'

const asked = 'v=DMARC1; p=reject; fo=1:s; rua=mailto:a@example.com,mailto:in+b@bücher.example'

describe('the tags in which two DMARC records differ', () => {
  it.each([
    ['the same text', asked],
    [
      'another order, case and spacing',
      'V=DMARC1;RUA=mailto:a@EXAMPLE.com , mailto:in+b@xn--bcher-kva.example;fo=S:1;P=Reject',
    ],
    [
      'defaults that are written out',
      `${asked}; sp=reject; np=reject; adkim=r; aspf=R; t=n; psd=u; pct=100; rf=afrf; ri=86400`,
    ],
    ['further report addresses', `${asked},mailto:more@example.net; ruf=mailto:f@example.net`],
    ['obsolete sizes', asked.replace('a@example.com', 'a@example.com!10m')],
    ['percent-encoding that is not needed', asked.replace('mailto:a@', 'mailto:%61@')],
  ])('are none for %s', (_, found) => {
    expect(differingDmarcTags(found, asked)).toEqual([])
  })

  it.each([
    ['a policy', asked.replace('reject', 'none'), ['p', 'sp', 'np']],
    ['a policy for subdomains', `${asked}; sp=none`, ['sp', 'np']],
    ['a lost report address', asked.replace('mailto:a@example.com,', ''), ['rua']],
    ['no report address', 'v=DMARC1; p=reject; fo=1:s', ['rua']],
    ['failure options', asked.replace('1:s', '0'), ['fo']],
    ['alignment', `${asked}; adkim=s`, ['adkim']],
    ['a tag that no standard names', `${asked}; x=1`, ['x']],
    ['a tag that is there twice', `${asked}; p=reject`, ['v']],
    ['a policy that is none', asked.replace('reject', 'strict'), ['v', 'p', 'sp', 'np']],
    ['another kind of record', 'v=spf1 -all', ['v', 'p', 'sp', 'np', 'fo', 'rua']],
    ['an empty text', '', ['v', 'p', 'sp', 'np', 'fo', 'rua']],
  ])('are named for %s', (_, found, names) => {
    expect(differingDmarcTags(found, asked).sort()).toEqual([...names].sort())
  })

  it('never throw, and no record differs from itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const record = `v=DMARC1; ${text}`
        const expected = parseDmarc(record).ok ? [] : expect.any(Array)
        expect(differingDmarcTags(record, record)).toEqual(expected)
      }),
    )
  })
})
