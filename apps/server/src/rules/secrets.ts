import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A source of random bytes. Tests pass their own. */
export type RandomBytes = (length: number) => Uint8Array

export const systemRandom: RandomBytes = (length) => randomBytes(length)

const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * The unguessable first label of a domain's hosted names: 130 random bits in 26 letters and digits, lower case because
 * DNS names are compared without case. Keys are never reused, so a CNAME that was not removed cannot be taken over.
 */
export function newHostingKey(random: RandomBytes = systemRandom): string {
  return Array.from(random(26), (byte) => base32[byte & 31]).join('')
}

/** The local part of a domain's report addresses: 12 hexadecimal digits, as in the vendor's addresses. */
export function newReportId(random: RandomBytes = systemRandom): string {
  return Buffer.from(random(6)).toString('hex')
}

export function newSlugSuffix(random: RandomBytes = systemRandom): string {
  return Array.from(random(6), (byte) => base32[byte & 31]).join('')
}

/** 256 random bits in hexadecimal. */
export function newToken(random: RandomBytes = systemRandom): string {
  return Buffer.from(random(32)).toString('hex')
}

/** The stored form of a token. A plain digest is enough: 256 random bits cannot be guessed, so slow hashing adds nothing. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Compares in constant time. */
export function sameHash(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
