import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDmarc } from '../dmarc/format.ts'
import { parseDmarc } from '../dmarc/parse.ts'
import type { DmarcTags } from '../dmarc/tags.ts'
import { type HostedDmarcSettings, hostedDmarcRecord, hostedDmarcSettings, sameDmarcRecord } from './hosted-dmarc.ts'

const usual = 'v=DMARC1; p=none; fo=1; rua=mailto:k.a@reports.example; ruf=mailto:k.f@reports.example'
const parked = 'v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:k.a@reports.example'

describe('hostedDmarcRecord', () => {
  it('is the default record where nothing is set', () => {
    expect(hostedDmarcRecord({}, usual)).toBe(usual)
    expect(hostedDmarcRecord({}, parked)).toBe(parked)
  })

  it('keeps what is not set from the default record, and its addresses always', () => {
    expect(hostedDmarcRecord({ policy: 'reject', extra_rua: ['me@example.com'] }, usual)).toBe(
      'v=DMARC1; p=reject; fo=1; rua=mailto:k.a@reports.example,mailto:me@example.com; ruf=mailto:k.f@reports.example',
    )
  })

  it("does not keep a parked default's subdomain policies beside another policy", () => {
    expect(hostedDmarcRecord({ policy: 'quarantine' }, parked)).not.toMatch(/\b[sn]p=/)
  })

  it('adds the addresses of the service to a whole record once', () => {
    const record = 'v=DMARC1; p=none; rua=MAILTO:k.a@REPORTS.example,mailto:me@example.com'
    expect(hostedDmarcRecord({ record }, usual).match(/k\.a@/g)).toHaveLength(1)
  })

  it('fails on a record that must not be published, and on words that are none', () => {
    expect(() => hostedDmarcRecord({ record: 'v=DMARC1; p=never' }, usual)).toThrow(/never/)
    expect(() => hostedDmarcRecord({ policy: 'never' }, usual)).toThrow(
      '"policy" is "never", expected none, quarantine or reject.',
    )
    expect(() => hostedDmarcRecord({ dkim_alignment: 's' }, usual)).toThrow('expected relaxed or strict')
    expect(() => hostedDmarcRecord({ extra_rua: ['nobody'] }, usual)).toThrow(/nobody/)
  })
})

describe('hostedDmarcSettings', () => {
  it('are the policy alone where nothing else differs', () => {
    expect(hostedDmarcSettings(usual, usual)).toEqual({ policy: 'none' })
    expect(hostedDmarcSettings(parked, parked)).toEqual({ policy: 'reject' })
  })

  it('name what differs, and further addresses in any spelling of the own ones', () => {
    const record = usual
      .replace('p=none', 'p=quarantine; sp=reject; adkim=s; t=y')
      .replace('fo=1', 'fo=d')
      .replace('mailto:k.a@reports.example', 'MAILTO:k.a@REPORTS.example,mailto:me@shop.example')
    expect(hostedDmarcSettings(record, usual)).toEqual({
      policy: 'quarantine',
      subdomain_policy: 'reject',
      dkim_alignment: 'strict',
      failure_options: 'd',
      test_mode: true,
      extra_rua: ['me@shop.example'],
    })
  })

  it('are the whole record where a tag has no setting, or one of the default is gone', () => {
    for (const record of [
      `${usual}; pct=50`,
      `${usual}; x=1`,
      usual.replace('; fo=1', ''),
      usual.replace('p=none; ', ''),
      'v=spf1 -all',
      '',
    ])
      expect(hostedDmarcSettings(record, usual)).toEqual({ record })
    const weaker = parked.replace('; sp=reject', '')
    expect(hostedDmarcSettings(weaker, parked)).toEqual({ record: weaker })
  })

  it("set the subdomain policy that is as in the default beside another policy, where the default's own would go", () => {
    const record = parked.replace('p=reject', 'p=quarantine')
    expect(hostedDmarcSettings(record, parked)).toEqual({
      policy: 'quarantine',
      subdomain_policy: 'reject',
      nonexistent_subdomain_policy: 'reject',
    })
    const plain = parked.replace('p=reject; sp=reject; np=reject', 'p=quarantine')
    expect(hostedDmarcSettings(plain, parked)).toEqual({ policy: 'quarantine' })
  })

  it('make the same record again, whatever it holds', () => {
    const option = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
    const policy = fc.constantFrom('none', 'quarantine', 'reject')
    const letter = fc.constantFrom('r', 's')
    const addresses = fc.subarray(['mailto:a@x.test', 'mailto:b%2Cc@x.test', 'mailto:d@x.test?subject=e'])
    const tags = fc.record({
      p: policy,
      sp: option(policy),
      np: option(policy),
      adkim: option(letter),
      aspf: option(letter),
      fo: option(fc.constantFrom('0', '1', 'd', '1:d:s')),
      t: option(fc.constantFrom('y', 'n')),
      psd: option(fc.constantFrom('y', 'n')),
      pct: option(fc.nat(100)),
      rua: addresses,
      ruf: addresses,
    })
    fc.assert(
      fc.property(tags, fc.constantFrom(usual, parked, ''), (some, defaultRecord) => {
        const own = parseDmarc(defaultRecord).tags
        const all = { ...some, rua: [...(own.rua ?? []), ...some.rua], ruf: [...(own.ruf ?? []), ...some.ruf] }
        const record = formatDmarc(all as DmarcTags, { defaults: 'keep' })
        const settings = hostedDmarcSettings(record, defaultRecord)
        expect(sameDmarcRecord(hostedDmarcRecord(settings, defaultRecord), record)).toBe(true)
        // What settings can say is never said as text.
        if (some.psd === undefined && some.pct === undefined && defaultRecord === '')
          expect(settings.record).toBeUndefined()
      }),
    )
  })

  it('are made again by the record they make', () => {
    const written: HostedDmarcSettings = {
      policy: 'quarantine',
      subdomain_policy: 'none',
      nonexistent_subdomain_policy: 'reject',
      dkim_alignment: 'strict',
      spf_alignment: 'strict',
      failure_options: '1:d',
      test_mode: true,
      extra_rua: ['me@example.com', 'https://example.com/reports'],
      extra_ruf: ['me@example.com'],
    }
    expect(hostedDmarcSettings(hostedDmarcRecord(written, usual), usual)).toEqual(written)
  })
})

describe('sameDmarcRecord', () => {
  it('minds neither order nor spelling', () => {
    expect(
      sameDmarcRecord(
        'v=DMARC1;p=Reject; rua=mailto:b@x.test,mailto:a@x.test',
        'v=DMARC1; rua=mailto:a@x.test,mailto:b@x.test; p=reject',
      ),
    ).toBe(true)
    expect(sameDmarcRecord('v=DMARC1; p=reject', 'v=DMARC1; p=reject; np=none')).toBe(false)
  })
})
