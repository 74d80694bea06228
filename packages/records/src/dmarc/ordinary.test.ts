import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBeyondAdvice, readOrdinaryDmarc } from './ordinary.ts'
import { parseDmarc, readDmarc } from './parse.ts'

const value = fc.constantFrom(
  ...[
    'none',
    'quarantine',
    'reject',
    'Reject',
    'r',
    's',
    'y',
    'n',
    '0',
    '1',
    '1:d:s',
    '0:1',
    '100',
    '7',
    '101',
    '86400',
    'afrf',
    '',
  ],
  ...[
    'mailto:a@b.example',
    'mailto:a+b@c-d.example',
    'mailto:a=b@c.example',
    'mailto:a@b',
    'mailto:a@1.2.3.4',
    'mailto:A@b.Example',
  ],
  ...[
    'mailto:a@b.example,mailto:c@d.example',
    'mailto:a@b.example, mailto:c@d.example,mailto:e@f.example',
    'mailto:a@b.example!5m',
  ],
  ...[
    'mailto:a@b.example,mailto:a@b.example',
    'mailto:a@b.example,',
    'https://a.example/',
    'mailto:a@-b.example',
    'mailto:.a@b.example',
  ],
)
const name = fc.constantFrom(
  'p',
  'p',
  'sp',
  'np',
  'adkim',
  'aspf',
  'fo',
  'rua',
  'ruf',
  't',
  'pct',
  'rf',
  'ri',
  'psd',
  'x',
  'P',
  'v',
)
const space = fc.constantFrom('', '', ' ', '  ', '\t', '\u00a0')
const tag = fc.tuple(space, name, space, value, space).map(([a, b, c, d, e]) => `${a}${b}${c}=${d}${e}`)
const fitting = fc
  .record(
    {
      p: fc.constantFrom('none', 'quarantine', 'reject'),
      sp: fc.constantFrom('none', 'reject'),
      np: fc.constantFrom('none', 'reject'),
      adkim: fc.constantFrom('r', 's'),
      fo: fc.constantFrom('0', '1:d:s'),
      rua: fc.constantFrom('mailto:a@b.example', 'mailto:a@b.example,mailto:c@d.example'),
      ruf: fc.constant('mailto:f@b.example'),
      t: fc.constantFrom('y', 'n'),
      pct: fc.constantFrom('100', '20'),
      ri: fc.constant('3600'),
    },
    { requiredKeys: ['p'] },
  )
  .chain((tags) => fc.shuffledSubarray(Object.entries(tags), { minLength: 1 }))
  .map((tags) => tags.map(([key, text]) => ` ${key}=${text}`))
const text = fc
  .oneof(fitting, fc.array(tag, { maxLength: 8 }))
  .chain((tags) =>
    fc
      .tuple(fc.constantFrom('v=DMARC1;', 'v=DMARC1;', 'v=DMARC1 ;', 'V=DMARC1;'), fc.constantFrom('', ';', '; '))
      .map(([begin, end]) => `${begin}${tags.join(';')}${end}`),
  )

describe('the quick reading of ordinary records', () => {
  it('answers the same as the full reading', () => {
    let quick = 0
    fc.assert(
      fc.property(text, (record) => {
        const full = readDmarc(record)
        const tags = readOrdinaryDmarc(record)
        if (tags) {
          quick++
          expect(JSON.stringify(tags)).toBe(JSON.stringify(full.tags))
          if (isBeyondAdvice(record, tags)) expect(full.warnings).toEqual([])
        }
        expect(parseDmarc(record)).toEqual(full)
        expect(JSON.stringify(parseDmarc(record).warnings)).toBe(JSON.stringify(full.warnings))
      }),
      { numRuns: 3000 },
    )
    expect(quick).toBeGreaterThan(100)
  })

  it('takes the records of most domains', () => {
    for (const record of [
      'v=DMARC1; p=none; rua=mailto:dmarc@example.com',
      'v=DMARC1;p=reject;sp=reject;adkim=s;aspf=s;pct=100;fo=1;rua=mailto:a@example.com;ruf=mailto:f@example.com;',
      'v=DMARC1; p=quarantine; rua=mailto:a@example.com, mailto:b@example.net; ri=86400; rf=afrf',
    ]) {
      expect(readOrdinaryDmarc(record), record).toBeDefined()
    }
  })

  it('gives warnings to those who copy, serialise or clone the record', () => {
    const record = parseDmarc('v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@example.com')
    const codes = ['sp-weaker']
    for (const copy of [{ ...record }, JSON.parse(JSON.stringify(record)), structuredClone(record)]) {
      expect(copy.warnings.map((one: { code: string }) => one.code)).toEqual(codes)
    }
  })

  it('reads the strings of one TXT record, and leaves those that are too long to the full reading', () => {
    const parts = ['v=DMARC1; p=reject; rua=mailto:', 'dmarc@example.com']
    expect(parseDmarc(parts)).toEqual(readDmarc(parts))
    const long = [`v=DMARC1; p=reject; rua=mailto:dmarc@example.com${' '.repeat(250)}`]
    expect(parseDmarc(long).errors.map((one) => one.code)).toEqual(['string-long'])
  })
})
