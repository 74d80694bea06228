import { describe, expect, it } from 'vitest'
import { domain, record } from '../../test/fixtures.ts'
import { reasonOf } from './reason.ts'

describe('the reason of a row', () => {
  const other = { ...record('a.example', 'ready'), kind: 'mta_sts_id' } as const
  const wrong = record('a.example', 'attention', { short: 'CNAME missing' })

  it('says what is wrong with the one record, or how many need somebody', () => {
    expect(reasonOf(domain('a.example', 'attention', { records: [wrong] }))).toBe('CNAME missing')
    const second = { ...other, state: 'attention' as const, short: 'Wrong target' }
    expect(reasonOf(domain('a.example', 'attention', { records: [second] }))).toBe('MTA-STS record: Wrong target')
    expect(reasonOf(domain('a.example', 'attention', { records: [wrong, second] }))).toBe('2 of 2 records')
  })

  it('says how far a domain in progress is', () => {
    const records = [record('a.example', 'working'), other]
    expect(reasonOf(domain('a.example', 'working', { records }))).toBe('1 of 2 records ready')
  })

  it('says first that a CNAME was left behind', () => {
    const left = record('a.example', 'unhosted', { dangling: 'key.dmarc.hosted.example' })
    expect(reasonOf(domain('a.example', 'attention', { records: [left] }))).toBe('CNAME left behind')
  })

  it('is nothing where all is well, but for a parked domain', () => {
    expect(reasonOf(domain('a.example'))).toBeUndefined()
    expect(reasonOf(domain('a.example', 'ready', { parked: true }))).toBe('parked')
  })
})
