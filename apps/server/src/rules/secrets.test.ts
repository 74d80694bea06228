import { describe, expect, it } from 'vitest'
import { newHostingKey, newReportId, newSlugSuffix, newToken, sameHash, tokenHash } from './secrets.ts'

describe('secrets', () => {
  it('makes each hosting key a unique DNS label of letters and digits with 130 random bits', () => {
    const keys = Array.from({ length: 1000 }, () => newHostingKey())
    for (const key of keys) expect(key).toMatch(/^[a-z2-7]{26}$/)
    expect(new Set(keys).size).toBe(1000)
  })

  it('uses five random bits of every byte for a hosting key', () => {
    const key = (byte: number) => newHostingKey((length) => new Uint8Array(length).fill(byte))
    expect(new Set(Array.from({ length: 32 }, (_, byte) => key(byte))).size).toBe(32)
  })

  it('makes report ids of 12 hexadecimal digits and tokens of 256 bits', () => {
    expect(newReportId()).toMatch(/^[0-9a-f]{12}$/)
    expect(newSlugSuffix()).toMatch(/^[a-z2-7]{6}$/)
    expect(newToken()).toMatch(/^[0-9a-f]{64}$/)
  })

  it('compares complete digests', () => {
    const hash = tokenHash('secret')
    expect(sameHash(hash, tokenHash('secret'))).toBe(true)
    expect(sameHash(hash, tokenHash('secret '))).toBe(false)
    expect(sameHash(hash, hash.slice(1))).toBe(false)
  })
})
