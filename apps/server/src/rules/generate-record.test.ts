import { parseDmarc } from '@dmarc-as-code/records'
import { describe, expect, it } from 'vitest'
import { generateDmarcRecord } from './generate-record.ts'
import { Problem } from './problem.ts'
import { reportAddresses } from './report-addresses.ts'

const addresses = reportAddresses('0a1b2c3d4e5f', 'reports.example')
const generate = (options: Partial<Parameters<typeof generateDmarcRecord>[0]>) =>
  generateDmarcRecord({ p: 'none', ...options }, addresses, { rua_report: true, ruf_report: true })

describe('a generated DMARC record', () => {
  it('lists the addresses of this server first, then others, without duplicates', () => {
    const { record } = generate({
      additional_rua_emails: ['dmarc@example.com', '0a1b2c3d4e5f.a@REPORTS.example', 'dmarc@example.com'],
    })
    expect(parseDmarc(record).tags.rua).toEqual(['mailto:0a1b2c3d4e5f.a@reports.example', 'mailto:dmarc@example.com'])
    expect(parseDmarc(record).tags.ruf).toEqual(['mailto:0a1b2c3d4e5f.f@reports.example'])
  })

  it('leaves out the addresses of reports that the domain does not want', () => {
    const { record } = generateDmarcRecord({ p: 'none', additional_rua_emails: ['soc@example.com'] }, addresses, {
      rua_report: true,
      ruf_report: false,
    })
    expect(record).toBe('v=DMARC1; p=none; rua=mailto:0a1b2c3d4e5f.a@reports.example,mailto:soc@example.com')
  })

  it('writes defaults only when they are given', () => {
    expect(generate({}).record).not.toContain('adkim')
    expect(generate({ adkim: 'r', aspf: 's', t: 'n', psd: 'u', sp: 'none', np: 'reject' }).record).toMatch(
      /sp=none; np=reject; adkim=r; aspf=s; .*t=n; psd=u$/,
    )
  })

  it('writes pct with a warning that RFC 9989 ignores it', () => {
    const { record, warnings } = generate({ p: 'reject', pct: 50 })
    expect(record).toContain('pct=50')
    expect(warnings.map(({ message }) => message).join(' ')).toMatch(/pct/)
  })

  it('drops the 0 of fo=0:1 with a warning', () => {
    const { record, warnings } = generate({ fo: '0:1:d' })
    expect(record).toContain('fo=1:d;')
    expect(warnings).toContainEqual({ code: 'fo-normalised', message: expect.stringContaining('fo=0:1:d') })
    expect(generate({ fo: '1:d' }).warnings.some(({ code }) => code === 'fo-normalised')).toBe(false)
  })

  it('fails for an invalid email address and names it', () => {
    const wrong = () => generate({ additional_ruf_emails: ['ok@example.com', 'nobody@-'] })
    expect(wrong).toThrow(Problem)
    expect(wrong).toThrow(
      expect.objectContaining({ details: [expect.objectContaining({ field: 'additional_ruf_emails.1' })] }),
    )
  })

  it('accepts addresses with international host names and characters that need escaping', () => {
    const { record } = generate({ additional_rua_emails: ['a@Bücher.example', "o'neil!x@example.com"] })
    expect(record).toContain(",mailto:a@xn--bcher-kva.example,mailto:o'neil%21x@example.com;")
  })

  it('fails for an address with mailto: and says to omit it', () => {
    const wrong = () => generate({ additional_rua_emails: ['mailto:a@example.com'] })
    expect(wrong).toThrow(/Leave out mailto:/)
  })
})
