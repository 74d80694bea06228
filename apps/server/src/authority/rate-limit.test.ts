import { describe, expect, it } from 'vitest'
import { rateLimit } from './rate-limit.ts'

function limiter(perSecond: number) {
  const clock = { ms: 0 }
  return { clock, limit: rateLimit({ perSecond, now: () => clock.ms }) }
}

describe('response rate limiting', () => {
  it('sends to a network up to its limit, then alternately truncates and drops', () => {
    const { limit } = limiter(2)
    const verdicts = [1, 2, 3, 4, 5].map((host) => limit(`192.0.2.${host}`))
    expect(verdicts).toEqual(['send', 'send', 'drop', 'truncate', 'drop'])
  })

  it('counts networks separately', () => {
    const { limit } = limiter(1)
    expect([limit('192.0.2.1'), limit('198.51.100.1')]).toEqual(['send', 'send'])
  })

  it('resets every second', () => {
    const { clock, limit } = limiter(1)
    limit('192.0.2.1')
    clock.ms = 1000
    expect(limit('192.0.2.1')).toBe('send')
  })

  it('counts an IPv6 /56 as one network in any notation', () => {
    const { limit } = limiter(1)
    expect(limit('2001:db8:0:100::1')).toBe('send')
    expect(limit('2001:db8:0:1ff:1:2:3:4')).not.toBe('send')
    expect(limit('2001:db8:0:200::1')).toBe('send')
  })

  it('counts an IPv4-mapped IPv6 address with its IPv4 network', () => {
    const { limit } = limiter(1)
    limit('192.0.2.1')
    expect(limit('::ffff:192.0.2.2')).not.toBe('send')
  })

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('leaves loopback alone: %s', (address) => {
    const { limit } = limiter(0)
    expect(limit(address)).toBe('send')
  })
})
