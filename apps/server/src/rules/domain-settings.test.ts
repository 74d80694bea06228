import { describe, expect, it } from 'vitest'
import { defaultDmarcRecord } from './default-record.ts'
import { changedSettings, type DomainFacts, type DomainSettings, wantedHosting } from './domain-settings.ts'
import { plans } from './plans.ts'
import { Problem } from './problem.ts'
import { reportAddresses } from './report-addresses.ts'

const addresses = reportAddresses('0a1b2c3d4e5f', 'reports.example')
const facts: DomainFacts = { address: 'example.com', parked: false, plan: plans.standard, addresses }
const parked = { ...facts, parked: true }
const off: DomainSettings = {
  rua_report: true,
  ruf_report: false,
  mta_sts_report: null,
  hosted_dmarc: false,
  hosted_dmarc_config: null,
  hosted_mta_sts: false,
  mta_sts_policy: null,
  managed_by: null,
}
const policy = { mode: 'testing', mx: 'mx.example.com', mx_age: 7 } as const
const own = 'rua=mailto:0a1b2c3d4e5f.a@reports.example; ruf=mailto:0a1b2c3d4e5f.f@reports.example'

function codes(change: Parameters<typeof changedSettings>[1], now = off, about = facts): string[] {
  try {
    changedSettings(now, change, about)
    return []
  } catch (error) {
    if (error instanceof Problem) return error.details.map(({ code }) => code)
    throw error
  }
}

describe('domain settings', () => {
  it('keep the value of omitted fields', () => {
    expect(changedSettings(off, { ruf_report: true, mta_sts_report: undefined }, facts)).toEqual({
      ...off,
      ruf_report: true,
    })
  })

  it('store a custom record in canonical form regardless of order and case', () => {
    const text = `V=DMARC1 ;ruf=mailto:0A1B2C3D4E5F.f@reports.example,mailto:0a1b2c3d4e5f.f@Reports.example;${own.split(';')[0]};p=REJECT`
    const { hosted_dmarc_config } = changedSettings(off, { hosted_dmarc: true, hosted_dmarc_config: text }, facts)
    expect(hosted_dmarc_config).toMatch(/^v=DMARC1; p=reject; rua=/)
  })

  it('discard the custom record when hosted DMARC is switched off', () => {
    const on = changedSettings(off, { hosted_dmarc: true, hosted_dmarc_config: `v=DMARC1; p=reject; ${own}` }, facts)
    expect(changedSettings(on, { hosted_dmarc: false }, facts).hosted_dmarc_config).toBeNull()
  })

  it('decide which of our addresses a record carries', () => {
    const both = { rua_report: true, ruf_report: true }
    expect(wantedHosting({ ...off, ...both, hosted_dmarc: true }, false, addresses).dmarc_record).toBe(
      `v=DMARC1; p=none; fo=1; ${own}`,
    )
    const neither = { rua_report: false, ruf_report: false }
    expect(wantedHosting({ ...off, ...neither, hosted_dmarc: true }, false, addresses).dmarc_record).toBe(
      'v=DMARC1; p=none',
    )
    const [rua] = own.split('; ')
    const host = (change: Parameters<typeof changedSettings>[1]) =>
      codes({ hosted_dmarc: true, hosted_dmarc_config: `v=DMARC1; p=reject; ${rua}`, ...change })
    expect(host({})).toEqual([])
    expect(host({ ruf_report: true })).toEqual(['report_address_missing'])
    expect(host({ ruf_report: false, rua_report: false })).toEqual([])
  })

  it('add our address to a record that is hosted already when a report is switched on', () => {
    const [rua] = own.split('; ')
    const hosted = changedSettings(
      off,
      { hosted_dmarc: true, hosted_dmarc_config: `v=DMARC1; p=reject; ${rua}; ruf=mailto:soc@example.com` },
      facts,
    )
    const more = changedSettings(hosted, { ruf_report: true }, facts)
    expect(more.hosted_dmarc_config).toBe(
      `v=DMARC1; p=reject; ${rua}; ruf=mailto:soc@example.com,mailto:0a1b2c3d4e5f.f@reports.example`,
    )
    expect(changedSettings(more, { ruf_report: false }, facts).hosted_dmarc_config).toBe(more.hosted_dmarc_config)
  })

  it('require reject for a parked domain and its subdomains, where an absent sp means the same', () => {
    const host = (record: string) =>
      codes({ hosted_dmarc: true, hosted_dmarc_config: `${record}; ${own}` }, off, parked)
    expect(host('v=DMARC1; p=reject')).toEqual([])
    expect(host('v=DMARC1; p=reject; sp=reject')).toEqual([])
    expect(host('v=DMARC1; p=reject; sp=none')).toEqual(['parked_policy_not_reject'])
    expect(host('v=DMARC1; p=none')).toEqual(['parked_policy_not_reject'])
    expect(codes({ hosted_dmarc: true }, off, parked)).toEqual([])
  })

  it('refuse to switch mta_sts_report off without hosted MTA-STS', () => {
    const on = changedSettings(off, { mta_sts_report: true, hosted_mta_sts: true, mta_sts_policy: policy }, facts)
    expect(codes({ mta_sts_report: false }, on)).toEqual(['mta_sts_report_required'])
    expect(codes({ mta_sts_report: false, hosted_mta_sts: false }, on)).toEqual([])
  })

  it('refuse to start hosting on the free plan, and allow changes of existing hosting', () => {
    const free = { ...facts, plan: plans.free }
    expect(codes({ hosted_dmarc: true }, off, free)).toEqual(['plan_too_low'])
    expect(codes({ hosted_dmarc_config: `v=DMARC1; p=none; ${own}` }, { ...off, hosted_dmarc: true }, free)).toEqual([])
  })

  it('refuse hosting for a name too long for the prefix _smtp._tls', () => {
    const label = 'a'.repeat(60)
    const long = { ...facts, address: `${label}.${label}.${label}.${'b'.repeat(57)}.test` }
    expect(codes({ hosted_dmarc: true }, off, long)).toEqual(['name_too_long_to_host'])
    expect(codes({ ruf_report: true }, off, long)).toEqual([])
  })

  it('report all faults at once', () => {
    const change = { ruf_report: true, hosted_mta_sts: true, hosted_dmarc_config: 'v=DMARC1; p=none' }
    expect(codes(change).sort()).toEqual([
      'hosted_dmarc_off',
      'mta_sts_report_required',
      'report_address_missing',
      'report_address_missing',
    ])
  })

  it('determine what is published', () => {
    expect(wantedHosting(off, false, addresses)).toEqual({
      dmarc_record: null,
      tls_rpt_record: null,
      wanted_policy: null,
    })
    const on = { ...off, hosted_dmarc: true, hosted_mta_sts: true, mta_sts_policy: policy }
    expect(wantedHosting(on, false, addresses)).toEqual({
      dmarc_record: defaultDmarcRecord(false, addresses, off),
      tls_rpt_record: 'v=TLSRPTv1; rua=mailto:0a1b2c3d4e5f.t@reports.example',
      wanted_policy: expect.stringContaining('max_age: 604800'),
    })
    expect(defaultDmarcRecord(false, addresses, off)).toContain('p=none')
    expect(defaultDmarcRecord(true, addresses, off)).toContain('p=reject; sp=reject')
  })
})
