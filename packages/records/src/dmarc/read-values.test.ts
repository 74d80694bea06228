import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dmarcFindings } from './findings.ts'
import { parseDmarc } from './parse.ts'
import { beginsWithVersion, readDmarcValues } from './read-values.ts'

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
const kept = fc.constantFrom([' p=none', ' rua=mailto:a@b.example'], ['p=reject', ' rua=mailto:a@b.example', ' psd=n'])
const text = fc
  .oneof(fitting, kept, fc.array(tag, { maxLength: 8 }))
  .chain((tags) =>
    fc
      .tuple(fc.constantFrom('v=DMARC1;', 'v=DMARC1;', 'v=DMARC1 ;', 'V=DMARC1;'), fc.constantFrom('', ';', '; '))
      .map(([begin, end]) => `${begin}${tags.join(';')}${end}`),
  )

describe('the values of a record, which are read without positions', () => {
  it('are faulty exactly where a finding is an error, and plain only where there is no finding at all', () => {
    const seen = { faulty: 0, plain: 0, warned: 0 }
    fc.assert(
      fc.property(text, (record) => {
        if (!beginsWithVersion(record)) return
        const values = readDmarcValues(record)
        const { errors, warnings } = dmarcFindings(record)
        expect(values.faulty, record).toBe(errors.length > 0)
        if (values.plain) expect(warnings).toEqual([])
        seen[values.faulty ? 'faulty' : values.plain ? 'plain' : 'warned']++
        expect(parseDmarc(record)).toMatchObject({ ok: !values.faulty, tags: values.tags, errors, warnings })
      }),
      { numRuns: 5000 },
    )
    for (const count of Object.values(seen)) expect(count, JSON.stringify(seen)).toBeGreaterThan(20)
  })

  it('are those of the tags that the findings accept', () => {
    fc.assert(
      fc.property(text, (record) => {
        const { tags, errors, warnings } = parseDmarc(record)
        // Of a tag that appears twice the first is kept, and a finding of the second says nothing about it.
        fc.pre(!errors.some((one) => one.code === 'tag-duplicate'))
        const refused = new Set(
          [...errors, ...warnings.filter((one) => one.code === 'historic-value')].map((one) => one.tag),
        )
        for (const word of ['p', 'sp', 'np', 'adkim', 'aspf', 'fo', 't', 'psd', 'pct', 'rf', 'ri'] as const) {
          const written = new RegExp(`;[ \\t]*${word}[ \\t]*=`, 'i').test(record)
          if (beginsWithVersion(record))
            expect(tags[word] !== undefined, `${word} of ${record}`).toBe(written && !refused.has(word))
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('have nothing to warn about in the records of most domains', () => {
    for (const record of [
      'v=DMARC1; p=none; rua=mailto:dmarc@example.com',
      'v=DMARC1;p=reject;sp=reject;adkim=s;aspf=s;fo=1;rua=mailto:a@example.com;ruf=mailto:f@example.com;',
      'v=DMARC1; p=quarantine; rua=mailto:a@example.com, mailto:b@example.net; psd=n',
    ]) {
      expect(readDmarcValues(record), record).toMatchObject({ plain: true, faulty: false })
    }
  })

  it('come with findings for those who copy, serialise or clone the record', () => {
    const warned = parseDmarc('v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@example.com')
    const wrong = parseDmarc('v=DMARC1; p=rejct; rua=mailto:dmarc@example.com')
    for (const copyOf of [
      <T>(one: T): T => ({ ...one }),
      <T>(one: T): T => JSON.parse(JSON.stringify(one)),
      structuredClone,
    ]) {
      expect(copyOf(warned).warnings.map((one) => one.code)).toEqual(['sp-weaker'])
      expect(copyOf(wrong).errors.map((one) => one.code)).toEqual(['policy-invalid'])
    }
  })

  it('are read from the strings of one TXT record, and faulty where one is too long', () => {
    const parts = ['v=DMARC1; p=reject; rua=mailto:', 'dmarc@example.com']
    expect(parseDmarc(parts)).toEqual(parseDmarc(parts.join('')))
    for (const end of [' '.repeat(250), `; x=${'\u00fc'.repeat(110)}`]) {
      const long = parseDmarc([`v=DMARC1; p=reject; rua=mailto:dmarc@example.com${end}`])
      expect(long.ok).toBe(false)
      expect(long.errors.map((one) => one.code)).toContain('string-long')
    }
  })
})
