import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalIp } from './ip-address.ts'

describe('an IP address', () => {
  it('has one form (RFC 5952)', () => {
    const forms: Record<string, string> = {
      '192.0.2.1': '192.0.2.1',
      '2001:DB8::1': '2001:db8::1',
      '2001:0db8:0:0:1:0:0:1': '2001:db8::1:0:0:1',
      '2001:db8:0:1:1:1:1:1': '2001:db8:0:1:1:1:1:1',
      '0:0:0:0:0:0:0:0': '::',
      '::1': '::1',
      '64:ff9b::192.0.2.33': '64:ff9b::c000:221',
      '::FFFF:192.0.2.9': '192.0.2.9',
    }
    for (const [written, form] of Object.entries(forms)) expect(canonicalIp(written)).toBe(form)
  })

  it('is judged as the platform judges it', () => {
    const almost = fc.stringMatching(/^[0-9a-f.:]{0,24}$/)
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), almost), (text) => {
        expect(canonicalIp(text) !== undefined).toBe(isIP(text) !== 0)
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps its form when it is read again', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const form = canonicalIp(text) as string
        expect(canonicalIp(form)).toBe(form)
      }),
    )
  })
})
