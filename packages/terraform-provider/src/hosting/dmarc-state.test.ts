import { describe, expect, it } from 'vitest'
import { readHostedDmarc } from './dmarc-state.ts'

const own = 'v=DMARC1; p=none; fo=1; rua=mailto:k.a@reports.example; ruf=mailto:k.f@reports.example'
const unset = {
  policy: null,
  subdomain_policy: null,
  nonexistent_subdomain_policy: null,
  dkim_alignment: null,
  spf_alignment: null,
  failure_options: null,
  test_mode: null,
  extra_rua: null,
  extra_ruf: null,
  record: null,
  from_current: null,
  gate: null,
  current_record: null,
}

describe('reading what is published', () => {
  it('keeps the settings as they are written while the record is what they ask for', () => {
    const before = { ...unset, policy: 'none', test_mode: false, extra_rua: [], published_record: own }
    expect(readHostedDmarc(own, own, before)).toEqual(before)
  })

  it('shows drift in the setting it happened in', () => {
    const before = { ...unset, policy: 'quarantine', published_record: own }
    const now = readHostedDmarc(own.replace('p=none', 'p=none; np=reject'), own, before)
    expect(now).toMatchObject({ policy: 'none', nonexistent_subdomain_policy: 'reject', failure_options: null })
  })

  it('shows an imported record as settings where they say all of it, else as text', () => {
    const plain = own.replace('p=none', 'p=quarantine; sp=none')
    expect(readHostedDmarc(plain, own, null)).toMatchObject({
      policy: 'quarantine',
      subdomain_policy: 'none',
      record: null,
    })
    const old = `${plain}; pct=50`
    expect(readHostedDmarc(old, own, null)).toEqual({ ...unset, record: old, published_record: old })
  })

  it('shows another raw record as text', () => {
    const before = { ...unset, record: 'v=DMARC1; p=reject', published_record: own }
    expect(readHostedDmarc(own, own, before)).toMatchObject({ record: own, policy: null })
  })

  it('makes short settings of a record that was never described, the policy always in them', () => {
    const published = `${own.replace('p=none', 'p=reject; adkim=s')},mailto:me@example.com`
    expect(readHostedDmarc(published, own, null)).toEqual({
      ...unset,
      policy: 'reject',
      dkim_alignment: 'strict',
      extra_ruf: ['me@example.com'],
      published_record: published,
    })
  })
})
