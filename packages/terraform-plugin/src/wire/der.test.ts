import { describe, expect, it } from 'vitest'
import { bitString, integer, objectIdentifier, octetString, sequence, time } from './der.ts'

const hex = (bytes: Buffer) => bytes.toString('hex')

// The values of X.690 and of well-known structures.
describe('DER', () => {
  it.each([
    [[0], '020100'],
    [[0x7f], '02017f'],
    [[0x80], '02020080'],
    [[0, 0, 1], '020101'],
    [[1, 0], '02020100'],
    [[0, 0xff, 0], '020300ff00'],
  ])('writes the integer %j in its shortest positive form', (bytes, expected) => {
    expect(hex(integer(Uint8Array.from(bytes)))).toBe(expected)
  })

  it.each([
    ['2.5.4.3', '0603550403'],
    ['1.2.840.10045.4.3.2', '06082a8648ce3d040302'],
    ['1.2.840.113549', '06062a864886f70d'],
  ])('writes the object identifier %s', (dotted, expected) => {
    expect(hex(objectIdentifier(dotted))).toBe(expected)
  })

  it.each([
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65_536, '0483010000'],
  ])('writes the length %i', (length, expected) => {
    expect(hex(octetString(new Uint8Array(length))).slice(0, expected.length)).toBe(expected)
  })

  it('writes dates before 2050 with two digits and later ones with four', () => {
    expect(time(new Date('2026-01-02T03:04:05Z')).toString('latin1', 2)).toBe('260102030405Z')
    expect(time(new Date('2050-01-02T03:04:05.999Z')).toString('latin1', 2)).toBe('20500102030405Z')
  })

  it('nests, and counts unused bits', () => {
    expect(hex(sequence(bitString(Uint8Array.of(0xac), 2), sequence()))).toBe('3006030202ac3000')
  })
})
