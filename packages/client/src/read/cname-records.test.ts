import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectCnameRecords } from './cname-records.ts'

const dmarc = { name: '_dmarc.example.com', value: '41.dmarc.hosting.invalid' }
const policy = { name: 'mta-sts.example.com', value: '41.mta-sts.hosting.invalid' }

const short = (answer: unknown, domain = 'example.com') =>
  collectCnameRecords(answer, domain).map(({ kind, name, value, status }) => [kind, name, value, status])

const expectedDmarc = ['dmarc', '_dmarc.example.com', '41.dmarc.hosting.invalid', 'awaiting_setup']

describe('a CNAME is found', () => {
  it.each([
    ['in the documented working shape', { cname_records: [{ ...dmarc, status: 'awaiting_setup' }] }],
    ['inside the service', { hosted_dmarc: { enabled: true, cname: { ...dmarc, status: 'awaiting_setup' } } }],
    ['with its status beside it', { hosted_dmarc: { enabled: true, cname_status: 'awaiting_setup', cname: dmarc } }],
    ['under other keys', { x: { host: '_dmarc.example.com', points_to: dmarc.value, cname_status: 'awaiting_setup' } }],
    ['in a map with objects', { cnames: { '_dmarc.example.com': { target: dmarc.value, status: 'awaiting_setup' } } }],
    ['in a map with relative names', { _dmarc: { value: dmarc.value, verification_status: 'awaiting_setup' } }],
    ['under yet other keys', [[{ hostname: dmarc.name, target: dmarc.value, verification_status: 'awaiting_setup' }]]],
    ['with prefixed keys', { cname_name: dmarc.name, cname_value: dmarc.value, cname_status: 'awaiting_setup' }],
    ['relative, upper case, with final dots', { host: '_DMARC', value: `${dmarc.value}.`, status: 'awaiting_setup' }],
    ['named twice, the status only later', [{ cname_records: [dmarc] }, { ...dmarc, status: 'awaiting_setup' }]],
  ])('%s', (_, answer) => {
    expect(short(answer)).toEqual([expectedDmarc])
  })

  it('as a map from name to target, without a status', () => {
    expect(short({ cnames: { 'mta-sts.example.com': policy.value } })).toEqual([
      ['mta_sts_policy', 'mta-sts.example.com', policy.value, undefined],
    ])
  })

  it('for each of the four records, told apart by name', () => {
    const names = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls'].map((prefix) => `${prefix}.example.com`)
    const records = collectCnameRecords(names.map((name, index) => ({ name, value: `t${index}.invalid` })))
    expect(records.map(({ service, record, kind, name }) => ({ service, record, kind, name }))).toEqual([
      { service: 'hosted_dmarc', record: 'dmarc', kind: 'dmarc', name: names[0] },
      { service: 'hosted_mta_sts', record: 'policy', kind: 'mta_sts_policy', name: names[1] },
      { service: 'hosted_mta_sts', record: 'mta_sts', kind: 'mta_sts_id', name: names[2] },
      { service: 'hosted_mta_sts', record: 'tls_rpt', kind: 'tls_rpt', name: names[3] },
    ])
  })

  it('with the reason and the time of the last look, where the server tells them', () => {
    const [record] = collectCnameRecords([{ ...dmarc, reason: 'absent', checked_at: null }])
    expect(record).toMatchObject({ reason: 'absent', checked_at: null })
  })
})

describe('no CNAME is', () => {
  it.each([
    ['a TXT record', { ...dmarc, type: 'TXT' }],
    ['the TXT behind the CNAME', { txt_record: { ...dmarc, value: 'v=DMARC1; p=none' } }],
    ['a tag', { tags: [{ id: 1, name: 'Production', value: 'x' }] }],
    ['a name that only begins alike', { name: '_dmarcs.example.com', value: 'x' }],
    ['a TXT record in a map', { '_dmarc.example.com': { type: 'TXT', value: 'v=DMARC1; p=none' } }],
    ['a record without a target', { name: '_dmarc.example.com', value: '' }],
  ])('%s', (_, answer) => {
    expect(short(answer)).toEqual([])
  })
})

it('no answer makes it throw, however odd or deep', () => {
  fc.assert(fc.property(fc.anything(), (answer) => void collectCnameRecords(answer)))
  let deep: object = dmarc
  for (let depth = 0; depth < 50_000; depth++) deep = { deep }
  expect(collectCnameRecords(deep)).toEqual([])
})
