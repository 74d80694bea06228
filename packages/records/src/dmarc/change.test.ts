import { describe, expect, it } from 'vitest'
import { adviseDmarcChange } from './change.ts'
import { parseDmarc } from './parse.ts'

const rua = 'rua=mailto:agg@example.org'
const advice = (from: string | null, to: string) =>
  adviseDmarcChange(from === null ? null : parseDmarc(from), parseDmarc(to)).map((one) => one.code)

describe('adviseDmarcChange', () => {
  it.each([
    [null, `v=DMARC1; p=none; ${rua}`, []],
    [`v=DMARC1; p=none; ${rua}`, `v=DMARC1; p=quarantine; ${rua}`, []],
    [`v=DMARC1; p=quarantine; ${rua}`, `v=DMARC1; p=reject; ${rua}`, []],
    [`v=DMARC1; p=none; ${rua}`, `v=DMARC1; p=reject; ${rua}`, ['advice-two-steps']],
    [null, `v=DMARC1; p=reject; ${rua}`, ['advice-two-steps']],
    [`v=DMARC1; p=rejct; ${rua}`, `v=DMARC1; p=reject; ${rua}`, ['advice-two-steps']],
    [`v=DMARC1; p=none; ${rua}`, `v=DMARC1; p=reject; t=y; ${rua}`, []],
    [`v=DMARC1; p=reject; sp=none; ${rua}`, `v=DMARC1; p=reject; ${rua}`, ['advice-subdomain-jump']],
    [`v=DMARC1; p=reject; ${rua}`, `v=DMARC1; p=quarantine; ${rua}`, ['advice-protection-lowered']],
    [`v=DMARC1; p=reject; ${rua}`, `v=DMARC1; p=reject; sp=none; ${rua}`, ['advice-protection-lowered']],
    [`v=DMARC1; p=reject; ${rua}`, `v=DMARC1; p=reject; t=y; ${rua}`, ['advice-protection-lowered']],
    [`v=DMARC1; p=quarantine; ${rua}`, 'v=DMARC1; p=quarantine', ['advice-no-reports']],
    [`v=DMARC1; p=none; ${rua}`, 'v=DMARC1; p=bad', []],
  ])('from %j to %j: %j', (from, to, codes) => {
    expect(advice(from, to)).toEqual(codes)
  })

  it('points at the tag in the new record', () => {
    const to = `v=DMARC1; p=reject; ${rua}`
    const [found] = adviseDmarcChange(null, parseDmarc(to))
    expect(to.slice(found?.start, found?.end)).toBe('p=reject')
  })
})
