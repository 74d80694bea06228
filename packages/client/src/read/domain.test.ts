import fc from 'fast-check'
import { expect, expectTypeOf, it } from 'vitest'
import { vendorDomain } from '../../test/fake-api.ts'
import type { WireDomain } from '../contract/index.ts'
import { type Domain, readDomain } from './domain.ts'

const cname = { name: '_dmarc.d1.example', value: 'k.dmarc.invalid', status: 'verified' }

it("the vendor's example keeps every field", () => {
  const domain = vendorDomain(1)
  expect(readDomain(domain)).toEqual(domain)
})

it.each([
  ['wrapped', { domain: vendorDomain(1) }],
  ['wrapped in data', { data: vendorDomain(1) }],
  ['with a message beside it', { domain: vendorDomain(1), message: 'ok', status: 200 }],
])('a domain is read %s', (_, answer) => {
  expect(readDomain(answer)).toMatchObject(vendorDomain(1))
})

it('unknown fields are kept and unknown words passed on', () => {
  const domain = readDomain(
    vendorDomain(1, 'a.example', { dmarc_status: 'dmarc_on_fire', spf_record: null, x: { y: 1 } }),
  )
  expect(domain).toMatchObject({ dmarc_status: 'dmarc_on_fire', spf_record: null, x: { y: 1 } })
})

it('other spellings of a value are read as what they mean', () => {
  const odd = {
    id: '41',
    rua_report: 'true',
    ruf_report: null,
    dmarc_status: 0,
    parked_domain: 1,
    tags: { 0: { id: '3', name: 'A' } },
  }
  expect(readDomain(vendorDomain(1, 'a.example', odd))).toMatchObject({
    id: 41,
    rua_report: true,
    ruf_report: false,
    mta_sts_report: null,
    dmarc_status: '0',
    parked_domain: true,
    tags: [{ id: 3, name: 'A', color: '' }],
  })
})

it('what the answer does not tell stays undefined, and null stays null', () => {
  const plain = readDomain(vendorDomain(1))
  for (const key of ['hosted_dmarc', 'mta_sts_policy', 'cname_records', 'account_id'])
    expect(plain).not.toHaveProperty(key)
  expect(readDomain(vendorDomain(1, 'a.example', { mta_sts_policy: null, cname_records: [] }))).toMatchObject({
    mta_sts_policy: null,
    cname_records: [],
  })
})

it('CNAMEs are read wherever an update puts them', () => {
  for (const answer of [
    vendorDomain(1, 'd1.example', { cname_records: [cname] }),
    vendorDomain(1, 'd1.example', { hosted_dmarc: { enabled: true, cname } }),
    { domain: vendorDomain(1, 'd1.example'), cname_records: [cname] },
  ]) {
    expect(readDomain(answer)?.cname_records).toMatchObject([{ kind: 'dmarc', ...cname }])
  }
  expect(readDomain(vendorDomain(1, 'd1.example', { hosted_dmarc: { enabled: true, cname } }))?.hosted_dmarc).toBe(true)
})

it('a DMARC record is read as text or inside an object', () => {
  const record = 'v=DMARC1; p=none'
  for (const current_dmarc_config of [record, { record }, { dmarc_record: record }, { value: record }]) {
    expect(readDomain(vendorDomain(1, 'a.example', { current_dmarc_config }))?.current_dmarc_config).toBe(record)
  }
})

it('a policy is read with its hosts as text or as list', () => {
  const policy = { mode: 'testing', mx: 'a.example, b.example', mx_age: 7 }
  for (const mx of [policy.mx, ['a.example', 'b.example']]) {
    const domain = readDomain(vendorDomain(1, 'a.example', { mta_sts_policy: { ...policy, mx, mx_age: '7' } }))
    expect(domain?.mta_sts_policy).toEqual(policy)
  }
})

it('what is no domain reads as undefined, and nothing throws', () => {
  for (const answer of [undefined, null, 'x', [], {}, { id: 1 }, { address: 'a.example' }, { domain: { id: 1 } }]) {
    expect(readDomain(answer)).toBeUndefined()
  }
  fc.assert(fc.property(fc.anything(), (answer) => void readDomain(answer)))
})

it("what our server answers by contract fits the reader's type", () => {
  expectTypeOf<Omit<WireDomain, 'cname_records' | 'parked_domain_credits' | 'parked_domain_status'>>().toExtend<
    Omit<Domain, 'cname_records' | 'parked_domain_credits' | 'parked_domain_status'>
  >()
})
