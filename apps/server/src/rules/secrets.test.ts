import { expect, test } from 'vitest'
import { newHostingKey, newReportId, newSlugSuffix, newToken, sameHash, tokenHash } from './secrets.ts'

test('hosting keys are one DNS label of letters and digits with 130 random bits, never twice the same', () => {
  const keys = Array.from({ length: 1000 }, () => newHostingKey())
  for (const key of keys) expect(key).toMatch(/^[a-z2-7]{26}$/)
  expect(new Set(keys).size).toBe(1000)
})

test('every random bit counts: sources that differ in the low five bits of a byte give different keys', () => {
  const key = (byte: number) => newHostingKey((length) => new Uint8Array(length).fill(byte))
  expect(new Set(Array.from({ length: 32 }, (_, byte) => key(byte))).size).toBe(32)
})

test('report ids look like the vendor`s, tokens have 256 bits', () => {
  expect(newReportId()).toMatch(/^[0-9a-f]{12}$/)
  expect(newSlugSuffix()).toMatch(/^[a-z2-7]{6}$/)
  expect(newToken()).toMatch(/^[0-9a-f]{64}$/)
})

test('digests are compared whole', () => {
  const hash = tokenHash('secret')
  expect(sameHash(hash, tokenHash('secret'))).toBe(true)
  expect(sameHash(hash, tokenHash('secret '))).toBe(false)
  expect(sameHash(hash, hash.slice(1))).toBe(false)
})
