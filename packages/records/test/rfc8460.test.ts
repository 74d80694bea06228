import { describe, expect, it } from 'vitest'
import { formatTlsRpt, parseTlsRpt, selectTlsRpt } from '../src/index.ts'

/** RFC 8460, TLS-RPT. Section numbers stand in the names. */
describe('RFC 8460', () => {
  it.each([
    ['v=TLSRPTv1;rua=mailto:reports@example.com', 'mailto:reports@example.com'],
    ['v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt', 'https://reporting.example.com/v1/tlsrpt'],
  ])('3.1: reads the example %s', (text, uri) => {
    expect(parseTlsRpt(text)).toMatchObject({ ok: true, tags: { v: 'TLSRPTv1', rua: [uri] }, warnings: [] })
    expect(formatTlsRpt(parseTlsRpt(text).tags)).toBe(`v=TLSRPTv1; rua=${uri}`)
  })

  it.each([
    'v=TLSRPTv1;rua=mailto:a@example.com;',
    'v=TLSRPTv1 ;\trua=mailto:a@example.com ;',
    'v=TLSRPTv1;rua=mailto:a@example.com\t,https://example.com/',
    'v=TLSRPTv1;ext.1_-=v;rua=mailto:a@example.com',
    'v=TLSRPTv1;rua=mailto:a%2Cb%21c%3Bd@example.com',
  ])('3: the grammar allows %j', (text) => {
    expect(parseTlsRpt(text)).toMatchObject({ ok: true, outcome: 'policy' })
  })

  it.each([
    'v=TLSRPTv1',
    'v=TLSRPTv1;rua=',
    'v=TLSRPTv1; rua =mailto:a@example.com',
    'v=TLSRPTv1;;rua=mailto:a@example.com',
    'v=TLSRPTv1;rua=mailto:a!b@example.com',
    'v=TLSRPTv1;rua=mailto:a@example.com;_x=1',
    'v=TLSRPTV1;rua=mailto:a@example.com',
    'V=TLSRPTv1;rua=mailto:a@example.com',
  ])('3: the grammar forbids %j', (text) => {
    expect(parseTlsRpt(text)).toMatchObject({ ok: false, outcome: 'ignored' })
  })

  it('3: exactly one record must remain', () => {
    const one = 'v=TLSRPTv1; rua=mailto:a@example.com'
    expect(selectTlsRpt([one, 'v=TLSRPTv2; rua=mailto:a@example.com']).ok).toBe(true)
    expect(selectTlsRpt([one, one]).record).toBeNull()
  })
})
