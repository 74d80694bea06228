import { describe, expect, it } from 'vitest'
import { addressLimit } from './address-limit.ts'

describe('the limit of requests from one address', () => {
  it('holds for a minute', () => {
    let now = 90_000
    const limit = addressLimit({ perMinute: 2, now: () => now })
    for (const _ of [1, 2]) {
      expect(limit.exceeded('192.0.2.1')).toBeUndefined()
      limit.count('192.0.2.1')
    }
    expect(limit.exceeded('192.0.2.1')).toBe(30)
    expect(limit.exceeded('192.0.2.2')).toBeUndefined()
    now = 120_000
    expect(limit.exceeded('192.0.2.1')).toBeUndefined()
  })

  it('counts an IPv6 network of 64 bits, and both spellings of an IPv4 address, as one', () => {
    const limit = addressLimit({ perMinute: 1, now: () => 0 })
    limit.count('2001:db8:0:1::1')
    expect(limit.exceeded('2001:db8:0:1:ffff::2')).toBe(60)
    expect(limit.exceeded('2001:db8::1')).toBeUndefined()
    expect(limit.exceeded('2001:db8:0:2::1')).toBeUndefined()
    limit.count('::ffff:192.0.2.1')
    expect(limit.exceeded('192.0.2.1')).toBe(60)
  })

  it('forgets the addresses seen longest ago, so that many addresses fill no memory', () => {
    const limit = addressLimit({ perMinute: 1, now: () => 0 })
    limit.count('192.0.2.1')
    for (let index = 0; index < 50_000; index++) limit.count(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`)
    expect(limit.exceeded('192.0.2.1')).toBeUndefined()
    expect(limit.exceeded('10.0.195.79')).toBe(60)
  })
})
