import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddedMemberships, readDomainMembership, readUserMembership } from '../memberships/read.ts'
import { readAccount, readAccounts } from './account.ts'
import { readGeneratedRecord } from './generated-record.ts'
import { readHostedServices } from './hosted-services.ts'
import { readTag } from './tag.ts'

const account = (id: number) => ({ id, title: `A${id}`, slug: `a${id}` })

describe('accounts', () => {
  it('are listed once, as owned when they are in both lists', () => {
    const answer = { note: 'a hint', owned_accounts: [account(1), account(2)], accounts: [account(2), account(3)] }
    expect(readAccounts(answer)).toEqual([
      { ...account(1), owned: true },
      { ...account(2), owned: true },
      { ...account(3), owned: false },
    ])
  })

  it('are read from a bare array, from one list alone, and wrapped', () => {
    expect(readAccounts([account(1)])).toEqual([account(1)])
    expect(readAccounts({ accounts: { 0: account(1) } })).toEqual([{ ...account(1), owned: false }])
    expect(readAccounts({ data: { owned_accounts: [account(1)] } })).toEqual([{ ...account(1), owned: true }])
    expect(readAccount({ account: account(1) })).toEqual(account(1))
    expect(readAccounts({ domains: [] })).toBeUndefined()
  })
})

describe('memberships', () => {
  const membership = { id: 5, account_id: 1, domain_id: 2, timestamp: null }

  it('that were added are read whether the server shows one or all', () => {
    expect(readAddedMemberships(membership)).toEqual([membership])
    expect(readAddedMemberships({ domain_account: membership })).toEqual([membership])
    const all = [membership, { ...membership, id: 6, domain_id: 3 }]
    expect(readAddedMemberships({ ...membership, account_managements: all })).toEqual(all)
  })
})

describe('a generated record', () => {
  it('is read with its lengths', () => {
    const answer = {
      dmarc_record: 'v=DMARC1; p=none',
      record_length: 16,
      max_length: 255,
      published: false,
      warnings: [],
    }
    expect(readGeneratedRecord(answer)).toEqual(answer)
    expect(readGeneratedRecord({ data: answer })).toEqual(answer)
  })

  it('is read bare, and its length counted', () => {
    expect(readGeneratedRecord('v=DMARC1; p=none')).toMatchObject({
      dmarc_record: 'v=DMARC1; p=none',
      record_length: 16,
    })
  })

  it('is never made of an error page', () => {
    expect(readGeneratedRecord('<html>')).toBeUndefined()
    expect(readGeneratedRecord({ dmarc_record: '' })).toBeUndefined()
  })
})

it('hosted services are read from booleans, from objects, and from the CNAMEs alone', () => {
  const cname = { name: '_dmarc.a.example', value: 'k.invalid' }
  expect(readHostedServices({ hosted_dmarc: true, hosted_mta_sts: false })).toMatchObject({
    hosted_dmarc: true,
    hosted_mta_sts: false,
    cname_records: [],
  })
  expect(
    readHostedServices({ hosted_dmarc: { enabled: true, cname }, hosted_mta_sts: { enabled: false } }),
  ).toMatchObject({
    hosted_dmarc: true,
    hosted_mta_sts: false,
    cname_records: [cname],
  })
  expect(
    readHostedServices({ domain: { address: 'a.example' }, cnames: [{ host: '_dmarc', target: 'k.invalid' }] }),
  ).toMatchObject({
    hosted_dmarc: true,
    hosted_mta_sts: false,
    cname_records: [cname],
  })
})

it.each([
  readAccount,
  readAccounts,
  readAddedMemberships,
  readDomainMembership,
  readGeneratedRecord,
  readTag,
  readUserMembership,
])('%o never throws', (read) => {
  fc.assert(fc.property(fc.anything(), (answer) => void read(answer)))
})
