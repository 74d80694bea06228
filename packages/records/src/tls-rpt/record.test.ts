import { describe, expect, it } from 'vitest'
import { formatTlsRpt, parseTlsRpt, selectTlsRpt } from './record.ts'

const errorCodes = (text: string) => parseTlsRpt(text).errors.map((one) => one.code)

describe('parseTlsRpt', () => {
  it('reads several addresses with space around the comma, and a URI with = in it', () => {
    const parsed = parseTlsRpt('v=TLSRPTv1; rua=mailto:tls@Example.org , HTTPS://tls.example.org/in?key=1;')
    expect(parsed).toMatchObject({ ok: true, outcome: 'policy', warnings: [] })
    expect(parsed.tags.rua).toEqual(['mailto:tls@example.org', 'https://tls.example.org/in?key=1'])
  })

  it('keeps the good address beside a bad one, and still says what is wrong', () => {
    const parsed = parseTlsRpt('v=TLSRPTv1; rua=tls@example.org,mailto:tls@example.org')
    expect(parsed).toMatchObject({ ok: false, outcome: 'policy', tags: { rua: ['mailto:tls@example.org'] } })
  })

  it.each([
    ['v=TLSRPTv1', ['rua-missing']],
    ['v=TLSRPTv1;', ['rua-missing']],
    ['v=TLSRPTv1; rua=', ['uri-missing', 'rua-missing']],
    ['v=TLSRPTv1; RUA=mailto:a@example.org', ['rua-missing']],
    ['v=TLSRPTv1; rua=http://example.org/', ['uri-scheme-refused', 'rua-missing']],
    ['v=TLSRPTv1; rua=ftp://example.org/', ['uri-scheme-refused', 'rua-missing']],
    ['v=TLSRPTv1; rua=https:///in', ['uri-invalid', 'rua-missing']],
    ['v=TLSRPTv1; rua=mailto:a@example.org; x', ['tag-malformed']],
    ['v=TLSRPTv1; rua=mailto:a@example.org!10m', ['uri-invalid', 'rua-missing']],
    ['v=TLSRPTv2; rua=mailto:a@example.org', ['version-wrong']],
  ])('fails on %j', (text, codes) => {
    expect([...errorCodes(text)].sort()).toEqual([...codes].sort())
    expect(parseTlsRpt(text).outcome).toBe('ignored')
  })
})

describe('formatTlsRpt', () => {
  it('writes the canonical text', () => {
    expect(formatTlsRpt({ rua: ['MAILTO:tls,a@Bücher.example', 'https://example.org/in'] })).toBe(
      'v=TLSRPTv1; rua=mailto:tls%2Ca@xn--bcher-kva.example,https://example.org/in',
    )
  })

  it('fails without a usable address', () => {
    expect(() => formatTlsRpt({})).toThrow(/must not be published/)
    expect(() => formatTlsRpt({ rua: ['tls@example.org'] })).toThrow(/mailto:tls@example.org/)
  })
})

describe('selectTlsRpt', () => {
  it('wants exactly one value that begins with the version and a semicolon', () => {
    const one = 'v=TLSRPTv1; rua=mailto:a@example.org'
    expect(selectTlsRpt([one, 'v=spf1 -all'])).toMatchObject({ ok: true, found: 'one' })
    expect(selectTlsRpt([one, one]).found).toBe('several')
    expect(selectTlsRpt(['v=TLSRPTv1']).found).toBe('none')
  })
})
