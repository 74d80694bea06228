import { describe, expect, it } from 'vitest'
import { Problems } from '../problems.ts'
import { checkHostedDmarc, type HostedDmarc, publishedRecord } from './dmarc.ts'

function check(settings: HostedDmarc, parked = false): Problems {
  const problems = new Problems()
  checkHostedDmarc(settings, parked, problems)
  return problems
}

describe('the settings of hosted DMARC', () => {
  it.each<[HostedDmarc, boolean]>([
    [{}, false],
    [{}, true],
    [{ policy: 'quarantine', testMode: true, failureOptions: '1:d', extraRua: ['dmarc@example.com'] }, false],
    [{ policy: 'reject', extraRuf: ['mailto:ruf@example.com'], dkimAlignment: 'strict' }, true],
    [{ record: 'v=DMARC1; p=reject; rua=mailto:dmarc@example.com' }, true],
  ])('%j (parked: %s) is accepted', (settings, parked) => {
    expect(check(settings, parked).errors).toEqual([])
  })

  it.each<[HostedDmarc, string]>([
    [{ failureOptions: '2' }, 'hostedDmarc.failureOptions: found "2", expected 0, 1, d, s'],
    [{ extraRua: ['a@example.com', 'nobody'] }, 'hostedDmarc.extraRua[1]: Reports cannot be mailed to this'],
    [{ extraRuf: ['mailto:'] }, 'hostedDmarc.extraRuf[0]: '],
    [{ record: 'v=DMARC1; p=rejct' }, 'hostedDmarc.record: '],
    [{ record: 'v=DMARC1; rua=mailto:a@example.com' }, 'hostedDmarc.record: '],
    [{ record: 'v=DMARC1; p=none', policy: 'none' }, 'hostedDmarc.record: found together with policy, expected alone.'],
  ])('fails for %j', (settings, start) => {
    expect(check(settings).errors).toEqual([expect.stringContaining(start)])
  })

  it('fails for a parked domain that does not reject', () => {
    expect(check({ policy: 'quarantine' }, true).errors).toEqual([
      expect.stringMatching(/^hostedDmarc\.policy: p does not fit a parked domain/),
    ])
    expect(check({ record: 'v=DMARC1; p=none' }, true).errors).toEqual([
      expect.stringMatching(/^hostedDmarc\.record: p does not fit/),
    ])
  })

  it('warns of what is allowed and seldom wanted', () => {
    const { errors, warnings } = check({ policy: 'reject', subdomainPolicy: 'none' })
    expect(errors).toEqual([])
    expect(warnings.join()).toMatch(/subdomain/)
  })

  it.each<[HostedDmarc, boolean, object]>([
    [{}, false, { p: 'none', sp: 'none', np: 'none', t: 'n' }],
    [{}, true, { p: 'reject', sp: 'reject', np: 'reject', t: 'n' }],
    [
      { policy: 'reject', subdomainPolicy: 'none', testMode: true },
      false,
      { p: 'reject', sp: 'none', np: 'none', t: 'y' },
    ],
    [{ record: 'v=DMARC1; p=reject; np=none; t=y' }, false, { p: 'reject', sp: 'reject', np: 'none', t: 'y' }],
  ])('%j (parked: %s) publishes %j', (settings, parked, policies) => {
    expect(publishedRecord(settings, parked)?.effective).toMatchObject(policies)
  })
})
