import { describe, expect, it } from 'vitest'
import { RecordError } from '../record-error.ts'
import { formatDmarc } from './format.ts'

describe('formatDmarc', () => {
  it('writes tags in the canonical order, historic and unknown ones last', () => {
    const tags = {
      other: [{ name: 'xyz', value: '1' }],
      pct: 50,
      psd: 'n',
      t: 'y',
      ruf: ['mailto:f@example.org'],
      rua: ['mailto:a@example.org', 'mailto:b@example.org'],
      fo: '1:d',
      aspf: 's',
      adkim: 's',
      np: 'reject',
      sp: 'quarantine',
      p: 'reject',
    } as const
    expect(formatDmarc(tags)).toBe(
      'v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=s; aspf=s; fo=1:d; rua=mailto:a@example.org,mailto:b@example.org; ruf=mailto:f@example.org; t=y; psd=n; pct=50; xyz=1',
    )
  })

  it('omits constant defaults, or keeps them when asked, and always keeps sp', () => {
    const tags = { p: 'none', sp: 'none', adkim: 'r', aspf: 'r', fo: '0', t: 'n', psd: 'u', pct: 100 } as const
    expect(formatDmarc(tags)).toBe('v=DMARC1; p=none; sp=none')
    expect(formatDmarc(tags, { defaults: 'keep' })).toBe(
      'v=DMARC1; p=none; sp=none; adkim=r; aspf=r; fo=0; t=n; psd=u; pct=100',
    )
  })

  it('writes pct=0, which is a value and not an absence', () => {
    expect(formatDmarc({ p: 'reject', pct: 0, t: 'y' })).toBe('v=DMARC1; p=reject; t=y; pct=0')
  })

  it('encodes what a list cannot hold, drops sizes and doubles, and writes hosts as A-labels', () => {
    const rua = [
      'mailto:a,b;c@Bücher.example!10m',
      'mailto:a%2Cb%3Bc@xn--bcher-kva.example',
      'https://Bücher.example/r',
    ]
    expect(formatDmarc({ p: 'none', rua })).toBe(
      'v=DMARC1; p=none; rua=mailto:a%2Cb%3Bc@xn--bcher-kva.example,https://xn--bcher-kva.example/r',
    )
  })

  it('normalises an RFC 7489 fo list', () => {
    expect(formatDmarc({ p: 'none', ruf: ['mailto:f@example.org'], fo: '0:1:d:s' })).toContain('fo=1:d:s')
  })

  it('fails with the findings when the record must not be published', () => {
    const format = () => formatDmarc({ p: 'rejct' as 'reject', rua: ['agg@example.org'] })
    expect(format).toThrow(RecordError)
    expect(format).toThrow(/found `rejct`.*mailto:agg@example\.org/)
  })

  it('fails rather than let a value smuggle in another tag', () => {
    expect(() => formatDmarc({ p: 'none; sp=reject' as 'none' })).toThrow(/semicolon/)
    expect(() => formatDmarc({ p: 'none', other: [{ name: 'x', value: 'y; np=none' }] })).toThrow(/semicolon/)
  })
})
