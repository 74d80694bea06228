import { describe, expect, it } from 'vitest'
import { formatMtaStsPolicy, mtaStsPolicyId, parseMtaStsPolicy } from './policy.ts'

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('')
const good = ['version: STSv1', 'mode: enforce', 'mx: mx.example.org', 'max_age: 604800']
const errorCodes = (text: string) => parseMtaStsPolicy(text).errors.map((one) => one.code)
const warningCodes = (text: string) => parseMtaStsPolicy(text).warnings.map((one) => one.code)

describe('parseMtaStsPolicy', () => {
  it('reads any order, both line ends, no last line end, and spaces after the colon and at the end', () => {
    const text = 'max_age:  604800 \t\r\nmx:MX.example.org\nmode:\ttesting\r\nversion: STSv1'
    expect(parseMtaStsPolicy(text)).toMatchObject({
      ok: true,
      outcome: 'policy',
      tags: { version: 'STSv1', mode: 'testing', mx: ['mx.example.org'], max_age: 604_800 },
      warnings: [],
    })
  })

  it('takes the first of a repeated field and warns', () => {
    const text = lines(...good, 'mode: none', 'max_age: 1')
    expect(parseMtaStsPolicy(text).tags).toMatchObject({ mode: 'enforce', max_age: 604_800 })
    expect(warningCodes(text)).toEqual(['field-repeated', 'field-repeated'])
  })

  it('ignores unknown fields, even with international values, and warns', () => {
    expect(errorCodes(lines(...good, 'note: grüße'))).toEqual([])
    expect(warningCodes(lines(...good, 'note: grüße'))).toEqual(['field-unknown'])
  })

  it('skips blank lines and warns', () => {
    expect(warningCodes(lines(...good, '', '  '))).toEqual(['line-blank', 'line-blank'])
    expect(errorCodes(lines(...good, ''))).toEqual([])
  })

  it('points at the wrong value', () => {
    const text = lines('version: STSv1', 'mode: Enforce', 'mx: mx.example.org', 'max_age: 86400')
    const [found] = parseMtaStsPolicy(text).errors
    expect(found).toMatchObject({ code: 'policy-mode', tag: 'mode' })
    expect(text.slice(found?.start, found?.end)).toBe('Enforce')
  })

  it.each([
    ['', ['policy-version', 'policy-mode', 'policy-max-age']],
    [lines('version: STSv2', ...good.slice(1)), ['policy-version']],
    [lines(...good.slice(0, 2), good[3] ?? ''), ['policy-mx-missing']],
    [lines(...good.slice(0, 3)), ['policy-max-age']],
    [lines(...good.slice(0, 3), 'max_age: -1'), ['policy-max-age']],
    [lines(...good.slice(0, 3), 'max_age: 00000000001'), ['policy-max-age']],
    [lines(...good.slice(0, 3), 'max_age: 1e5'), ['policy-max-age']],
    [lines(...good, 'mx: mx.example.org.'), ['policy-mx-invalid']],
    [lines(...good, 'mx: [192.0.2.1]'), ['policy-mx-invalid']],
    [lines(...good, 'mx: 192.0.2.1'), ['policy-mx-invalid']],
    [lines(...good, 'mx: bücher.example'), ['policy-mx-invalid']],
    [lines(...good, 'hello'), ['line-malformed']],
    [lines(...good, 'mx:'), ['line-malformed']],
    [lines(...good, 'mode : none'), ['line-malformed']],
    [`\ufeff${lines(...good)}`, ['policy-version', 'line-malformed']],
    [good.join('\r'), ['policy-mode', 'policy-max-age']],
    ['mx: a.example.org\n'.repeat(5000), ['policy-large']],
  ])('fails on %j', (text, codes) => {
    expect(errorCodes(text)).toEqual(expect.arrayContaining(codes))
    expect(parseMtaStsPolicy(text)).toMatchObject({ ok: false, outcome: 'ignored' })
  })

  it('says once that the mx lines are wrong, not also that they are missing', () => {
    expect(errorCodes(lines('version: STSv1', 'mode: enforce', 'mx: a, b', 'max_age: 604800'))).toEqual([
      'policy-mx-invalid',
    ])
  })

  it('warns of ages that do not protect, and of a none that lasts', () => {
    const withAge = (mode: string, age: number) =>
      warningCodes(lines('version: STSv1', `mode: ${mode}`, 'mx: mx.example.org', `max_age: ${age}`))
    expect(withAge('enforce', 86_400)).toEqual(['max-age-short'])
    expect(withAge('enforce', 604_800)).toEqual([])
    expect(withAge('testing', 86_400)).toEqual([])
    expect(withAge('testing', 0)).toEqual(['max-age-short'])
    expect(withAge('none', 86_400)).toEqual([])
    expect(withAge('none', 31_557_600)).toEqual(['max-age-long-for-none'])
  })
})

describe('formatMtaStsPolicy', () => {
  it('writes CRLF, lower case, and each host once', () => {
    expect(
      formatMtaStsPolicy({
        mode: 'enforce',
        mx: ['MX.example.org', 'mx.example.org', '*.example.net'],
        max_age: 604_800,
      }),
    ).toBe('version: STSv1\r\nmode: enforce\r\nmx: mx.example.org\r\nmx: *.example.net\r\nmax_age: 604800\r\n')
  })

  it('writes hosts of any script as A-labels', () => {
    const text = formatMtaStsPolicy({ mode: 'testing', mx: ['*.Bücher.example'], max_age: 604_800 })
    expect(text).toContain('mx: *.xn--bcher-kva.example\r\n')
  })

  it('fails on what senders would refuse', () => {
    expect(() => formatMtaStsPolicy({ mode: 'enforce', mx: [], max_age: 604_800 })).toThrow(/no mx line/)
    expect(() => formatMtaStsPolicy({ mode: 'none', mx: [] })).toThrow(/max_age/)
    expect(() => formatMtaStsPolicy({ mode: 'none', mx: [], max_age: 1.5 })).toThrow(/max_age/)
  })

  it('fails rather than let a host smuggle in another line', () => {
    const mx = ['mx.example.org\r\nmx: evil.example']
    expect(() => formatMtaStsPolicy({ mode: 'enforce', mx, max_age: 604_800 })).toThrow(/mx/)
  })
})

describe('mtaStsPolicyId', () => {
  const text = formatMtaStsPolicy({ mode: 'none', mx: [], max_age: 86_400 })

  it('is 32 hexadecimal digits, the same for the same text and another for another', () => {
    expect(mtaStsPolicyId(text)).toMatch(/^[0-9a-f]{32}$/)
    expect(mtaStsPolicyId(text)).toBe(mtaStsPolicyId(`${text}`))
    expect(mtaStsPolicyId(text)).not.toBe(mtaStsPolicyId(text.replace('86400', '86401')))
  })
})
