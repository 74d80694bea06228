import { describe, expect, it } from 'vitest'
import { parseDmarc } from './dmarc/parse.ts'
import { selectDmarc } from './dmarc/select.ts'
import { parseMtaStsPolicy } from './mta-sts/policy.ts'
import { parseTlsRpt } from './tls-rpt/record.ts'

describe('findings', () => {
  it('are capped for each code, and say how many are not listed', () => {
    const { warnings } = parseDmarc(`v=DMARC1; p=none; rua=mailto:a@b.example${';'.repeat(64_000)}`)
    expect(warnings.filter((one) => one.code === 'separator-doubled')).toHaveLength(20)
    expect(warnings.at(-1)).toMatchObject({ code: 'findings-many' })
    expect(warnings.at(-1)?.message).toMatch(/^63979 more findings are not listed: /)
    expect(parseMtaStsPolicy('\n'.repeat(60_000)).warnings).toHaveLength(21)
  })

  it('of other codes are listed however many one code has', () => {
    const { errors, warnings } = parseDmarc(`v=DMARC1; sp=typo${';'.repeat(1000)}rua=mailto:a@b.example`)
    expect(errors.map((one) => one.code)).toEqual(['policy-invalid'])
    expect(warnings.map((one) => one.code)).toContain('p-missing')
  })

  it('make invisible characters visible', () => {
    for (const [hidden, shown] of [
      ['\u00a0', '\\xa0'],
      ['\u3000', '\\u{3000}'],
      ['\u200b', '\\u{200b}'],
      ['\u202e', '\\u{202e}'],
    ] as const) {
      expect(parseDmarc(`v=DMARC1; p=none${hidden}`).errors[0]?.message).toContain(`\`none${shown}\``)
    }
  })
})

describe('advice', () => {
  it('fits a record of another kind: it is not a misspelled one', () => {
    expect(parseDmarc('v=spf1 -all').errors[0]?.message).toBe(
      'This is an SPF record: found `v=spf1 -all`, expected a record that begins with v=DMARC1. Publish it at the mail domain itself, and enter the record of this name here.',
    )
    expect(parseTlsRpt('v=DMARC1; p=none').errors[0]?.message).toMatch(
      /^This is a DMARC record: .* Publish it at _dmarc/,
    )
  })

  it('for a name without the record names the value that seems to be meant, if any', () => {
    const message = (...values: string[]) => selectDmarc(values).errors[0]?.message
    expect(message('v=spf1 -all', '"v=DMARC1; p=none"')).toMatch(/found `"v=DMARC1; p=none"`.* Correct this value/)
    expect(message('v=spf1 -all')).toMatch(/found `v=spf1 -all`.* Publish one\.$/)
    expect(message()).toMatch(/found nothing, .* Publish one\.$/)
  })
})
