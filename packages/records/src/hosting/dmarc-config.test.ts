import { describe, expect, it } from 'vitest'
import { validateHostedDmarcConfig } from './dmarc-config.ts'

const standard = 'v=DMARC1; p=none; fo=1; rua=mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example'
const codes = (custom: string, parked = false) =>
  validateHostedDmarcConfig(custom, standard, { parked }).errors.map((one) => one.code)

describe('validateHostedDmarcConfig', () => {
  it('accepts a stronger policy, another order and further addresses, and answers the canonical text', () => {
    const custom =
      'v=DMARC1;ruf = mailto:k1.f@reports.example; p=Reject;adkim=r; rua=mailto:own@example.com,MAILTO:k1.a@REPORTS.example!10m'
    expect(validateHostedDmarcConfig(custom, standard)).toMatchObject({
      ok: true,
      text: 'v=DMARC1; p=reject; adkim=r; rua=mailto:own@example.com,mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example',
      missing: { rua: [], ruf: [] },
    })
  })

  it('fails when a default address is dropped, and names it', () => {
    const check = validateHostedDmarcConfig('v=DMARC1; p=none; rua=mailto:own@example.com', standard)
    expect(check).toMatchObject({
      ok: false,
      text: null,
      missing: { rua: ['mailto:k1.a@reports.example'], ruf: ['mailto:k1.f@reports.example'] },
    })
    expect(check.errors.map((one) => one.message).join()).toContain('Add mailto:k1.a@reports.example to rua')
  })

  it('fails when an address differs in its local part only by case, which is another mailbox', () => {
    expect(codes(standard.replace('k1.a@', 'K1.A@'))).toEqual(['hosted-rua-missing'])
  })

  it('is not content with a default address in the wrong list', () => {
    const swapped = 'v=DMARC1; p=none; rua=mailto:k1.f@reports.example; ruf=mailto:k1.a@reports.example'
    expect(codes(swapped)).toEqual(['hosted-rua-missing', 'hosted-ruf-missing'])
  })

  it('fails without p, although a receiver would read it as none', () => {
    expect(codes(standard.replace('p=none; ', ''))).toEqual(['hosted-p-missing'])
  })

  it('fails on any error of the record itself, and tells one cause once', () => {
    expect(codes(standard.replace('p=none', 'p=rejct'))).toEqual(['policy-invalid'])
    expect(codes('v=spf1 -all')).toEqual(['record-other-kind'])
    expect(codes('')).toEqual(['record-empty'])
  })

  it('holds a parked domain to reject', () => {
    const parked = standard.replace('p=none', 'p=reject')
    expect(codes(parked, true)).toEqual([])
    expect(codes(parked.replace('p=reject', 'p=reject; sp=reject'), true)).toEqual([])
    expect(codes(standard, true)).toEqual(['parked-policy'])
    expect(codes(parked.replace('p=reject', 'p=reject; sp=quarantine'), true)).toEqual(['parked-subdomain-policy'])
    expect(codes(`${parked}; t=y`, true)).toEqual(['parked-test-mode'])
  })
})
