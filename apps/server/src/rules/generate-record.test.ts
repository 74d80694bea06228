import { parseDmarc } from '@dmarc-as-code/records'
import { expect, test } from 'vitest'
import { generateDmarcRecord } from './generate-record.ts'
import { Problem } from './problem.ts'
import { reportAddresses } from './report-addresses.ts'

const addresses = reportAddresses('0a1b2c3d4e5f', 'reports.example')
const generate = (options: Partial<Parameters<typeof generateDmarcRecord>[0]>) =>
  generateDmarcRecord({ p: 'none', ...options }, addresses)

test('our own addresses always stand first, others follow, none twice', () => {
  const { record } = generate({
    additional_rua_emails: ['dmarc@example.com', '0a1b2c3d4e5f.a@REPORTS.example', 'dmarc@example.com'],
  })
  expect(parseDmarc(record).tags.rua).toEqual(['mailto:0a1b2c3d4e5f.a@reports.example', 'mailto:dmarc@example.com'])
  expect(parseDmarc(record).tags.ruf).toEqual(['mailto:0a1b2c3d4e5f.f@reports.example'])
})

test('defaults are written when they were given, and only then', () => {
  expect(generate({}).record).not.toContain('adkim')
  expect(generate({ adkim: 'r', aspf: 's', t: 'n', psd: 'u', sp: 'none', np: 'reject' }).record).toMatch(
    /sp=none; np=reject; adkim=r; aspf=s; .*t=n; psd=u$/,
  )
})

test('pct is written, with the warning that it is ignored now', () => {
  const { record, warnings } = generate({ p: 'reject', pct: 50 })
  expect(record).toContain('pct=50')
  expect(warnings.map(({ message }) => message).join(' ')).toMatch(/pct/)
})

test('fo=0:1 loses the 0, and says so', () => {
  const { record, warnings } = generate({ fo: '0:1:d' })
  expect(record).toContain('fo=1:d;')
  expect(warnings).toContainEqual({ code: 'fo-normalised', message: expect.stringContaining('fo=0:1:d') })
  expect(generate({ fo: '1:d' }).warnings.some(({ code }) => code === 'fo-normalised')).toBe(false)
})

test('fails for an address that cannot be mailed to, naming which', () => {
  const wrong = () => generate({ additional_ruf_emails: ['ok@example.com', 'nobody@-'] })
  expect(wrong).toThrow(Problem)
  expect(wrong).toThrow(
    expect.objectContaining({ details: [expect.objectContaining({ field: 'additional_ruf_emails.1' })] }),
  )
})

test('addresses may have a host in any script, and signs that a list cannot hold', () => {
  const { record } = generate({ additional_rua_emails: ['a@Bücher.example', "o'neil!x@example.com"] })
  expect(record).toContain(",mailto:a@xn--bcher-kva.example,mailto:o'neil%21x@example.com;")
})

test('fails for mailto: in front of an address, and says to leave it out', () => {
  const wrong = () => generate({ additional_rua_emails: ['mailto:a@example.com'] })
  expect(wrong).toThrow(/Leave out mailto:/)
})
