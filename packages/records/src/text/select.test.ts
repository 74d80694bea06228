import { describe, expect, it } from 'vitest'
import { selectDmarc } from '../dmarc/select.ts'
import { selectMtaStsRecord } from '../mta-sts/record.ts'
import { selectTlsRpt } from '../tls-rpt/record.ts'

const advice = (select: typeof selectDmarc | typeof selectTlsRpt | typeof selectMtaStsRecord, text: string) =>
  select([text]).errors[0]?.message.replace(/^.*\. (?=[A-Z])/, '')

describe('the advice where no TXT value is the record', () => {
  it.each([
    'v=spf1 -all',
    'v=spf1 include:_dmarc.example.com -all',
    'v=spf1 include:dmarc1.example ~all',
    'google-site-verification=dmarc1',
    'dmarcian-site-verification=abc',
    'dmarc-verification=v1',
    'MS=ms12345678',
    'v=DKIM1; k=rsa; p=MIIDMARC1',
    'v=verifydomain MS=dmarc1',
    '',
    'dmarcreport=1',
  ])('takes %j for no misspelling of DMARC', (text) => {
    expect(advice(selectDmarc, text)).toBe('Publish one.')
  })

  it.each([
    '"v=DMARC1; p=none"',
    'v=dmarc1; p=none',
    'v=DMARC 1; p=none',
    'v=DMARC2; p=none',
    'v=DMARC; p=none',
    'v:DMARC1; p=none',
    'v=D-MARC1; p=none',
    'DMARC1; p=none',
    ' v=DMARC1, p=none',
    'p=none; v=DMARC1; rua=mailto:a@b.example',
  ])('takes %j for one', (text) => {
    expect(advice(selectDmarc, text)).toBe('Correct this value, which seems to be meant as one.')
    expect(selectDmarc(['v=spf1 -all', text]).errors[0]?.message).toContain(text.trim())
  })

  it('keeps MTA-STS and TLS-RPT apart from what only contains their word', () => {
    expect(advice(selectMtaStsRecord, 'v=spf1 include:stsv1.example -all')).toBe('Publish one.')
    expect(advice(selectMtaStsRecord, 'v=TLSRPTv1; rua=mailto:a@stsv1.example')).toBe('Publish one.')
    expect(advice(selectMtaStsRecord, 'v=stsv1; id=1')).toMatch(/^Correct/)
    expect(advice(selectTlsRpt, 'tlsrpt-verification=1')).toBe('Publish one.')
    expect(advice(selectTlsRpt, 'v=TLSRPT1; rua=mailto:a@b.example')).toMatch(/^Correct/)
  })
})
