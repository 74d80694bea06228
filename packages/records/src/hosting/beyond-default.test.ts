import { describe, expect, it } from 'vitest'
import { beyondDefaultDmarc } from './beyond-default.ts'

const usual = 'v=DMARC1; p=none; fo=1; rua=mailto:k.a@reports.example; ruf=mailto:k.f@reports.example'
const parked = 'v=DMARC1; p=reject; sp=reject; rua=mailto:k.a@reports.example'

describe('what a record says beyond the default', () => {
  it('is the policy alone where nothing else differs', () => {
    expect(beyondDefaultDmarc(usual, usual)).toEqual({ p: 'none', rua: [], ruf: [] })
    expect(beyondDefaultDmarc(parked, parked)).toEqual({ p: 'reject', rua: [], ruf: [] })
  })

  it('names what differs, and further addresses in any spelling of the own ones', () => {
    const record = usual
      .replace('p=none', 'p=quarantine; sp=reject; adkim=s; t=y')
      .replace('fo=1', 'fo=d')
      .replace('mailto:k.a@reports.example', 'MAILTO:k.a@REPORTS.example,mailto:me@shop.example')
    expect(beyondDefaultDmarc(record, usual)).toEqual({
      p: 'quarantine',
      sp: 'reject',
      adkim: 's',
      fo: 'd',
      t: 'y',
      rua: ['mailto:me@shop.example'],
      ruf: [],
    })
  })

  it('is nothing settings could say where a tag has no setting, or one of the default is gone', () => {
    expect(beyondDefaultDmarc(`${usual}; pct=50`, usual)).toBeUndefined()
    expect(beyondDefaultDmarc(`${usual}; x=1`, usual)).toBeUndefined()
    expect(beyondDefaultDmarc(usual.replace('; fo=1', ''), usual)).toBeUndefined()
    expect(beyondDefaultDmarc(parked.replace('; sp=reject', ''), parked)).toBeUndefined()
  })

  it("does not miss the default's subdomain policy beside another policy", () => {
    const record = parked.replace('p=reject; sp=reject', 'p=quarantine')
    expect(beyondDefaultDmarc(record, parked)).toEqual({ p: 'quarantine', rua: [], ruf: [] })
  })
})
