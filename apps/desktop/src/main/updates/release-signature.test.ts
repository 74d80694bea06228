import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openDescription, readPublicKey, signDescription, UpdateRefused } from './release-signature.ts'
import { requireCurrent } from './signed-feed.ts'

const ours = generateKeyPairSync('ed25519')
const theirs = generateKeyPairSync('ed25519')
const expires = new Date('2027-01-01T00:00:00Z')
const unsigned = 'version: 0.2.0\nfiles:\n  - url: a.deb\n    sha512: AAAA\n'
const text = `${unsigned}expires: '2027-01-01T00:00:00.000Z'\n`
const signed = signDescription(unsigned, ours.privateKey, expires)
const refused = (given: string, key = ours.publicKey) =>
  expect(() => openDescription(given, key)).toThrow(UpdateRefused)

describe('the signature of a release', () => {
  it('lets through exactly what was signed', () => {
    expect(openDescription(signed, ours.publicKey)).toBe(text)
  })

  it('is a comment at the end, so other readers of the description are not disturbed', () => {
    expect(signed.slice(text.length)).toMatch(/^# ed25519 [A-Za-z0-9+/]{86}==\n$/)
  })

  it('is replaced when the description is signed again', () => {
    expect(signDescription(signed, ours.privateKey, expires)).toBe(signed)
    expect(openDescription(signDescription(signed, theirs.privateKey, expires), theirs.publicKey)).toBe(text)
  })

  it('fails on a description without one', () => {
    refused(text)
    refused('')
    refused('# ed25519 AAAA')
  })

  it('fails on any change: before it, in it, or after it', () => {
    refused(signed.replace('0.2.0', '0.2.1'))
    refused(signed.replace('# ed25519 ', '# ed25519 A'))
    refused(`${signed}extra: true\n`)
    refused(`extra: true\n${signed}`)
    refused(signed.replace('\n# ed', '\r\n# ed'))
  })

  it('fails on the signature of another key', () => {
    refused(signDescription(unsigned, theirs.privateKey, expires))
    refused(signed, theirs.publicKey)
  })

  it('takes Ed25519 keys only', () => {
    const pem = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }) =>
      key.export({ type: 'spki', format: 'pem' }).toString()
    expect(readPublicKey(pem(ours.publicKey)).asymmetricKeyType).toBe('ed25519')
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(() => readPublicKey(pem(other.publicKey))).toThrow(/Ed25519 key, found ec/)
  })
})

describe('the expiry of a release description', () => {
  it('is accepted until it has passed', () => {
    expect(() => requireCurrent('2027-01-01T00:00:00.000Z', Date.parse('2026-12-31T23:59:59Z'))).not.toThrow()
    expect(() => requireCurrent('2027-01-01T00:00:00.000Z', Date.parse('2027-01-01T00:00:00Z'))).toThrow(UpdateRefused)
  })

  it('is replaced when the description is signed again', () => {
    const again = signDescription(signed, ours.privateKey, new Date('2028-01-01T00:00:00Z'))
    expect(again.match(/^expires:.*$/gm)).toEqual(["expires: '2028-01-01T00:00:00.000Z'"])
  })
})
