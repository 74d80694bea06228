import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DnsFormatError } from './errors.ts'
import { canonicalName, decodeName, encodeName, isWithin, parentName } from './names.ts'

describe('names in text and on the wire', () => {
  it('survive encoding and decoding whatever bytes their labels hold', () => {
    const label = fc.uint8Array({ minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.array(label, { maxLength: 6 }), (labels) => {
        const wire = Buffer.concat([
          ...labels.flatMap((bytes) => [Buffer.from([bytes.length]), bytes]),
          Buffer.from([0]),
        ])
        const { name, next } = decodeName(wire, 0)
        expect(next).toBe(wire.length)
        expect(encodeName(name)).toEqual(wire)
      }),
    )
  })

  it('follow compression pointers backwards', () => {
    const message = Buffer.concat([
      encodeName('example.test'),
      Buffer.from([6]),
      Buffer.from('_dmarc'),
      Buffer.from([0xc0, 0]),
    ])
    expect(decodeName(message, 14)).toEqual({ name: '_dmarc.example.test', next: message.length })
  })

  it('fails on a pointer that leads forwards or to itself', () => {
    expect(() => decodeName(Buffer.from([0xc0, 0x00]), 0)).toThrow(DnsFormatError)
    expect(() => decodeName(Buffer.from([0xc0, 0x02, 0x00]), 0)).toThrow(/points forwards/)
  })

  it('fails on labels over 63 and names over 255 bytes', () => {
    expect(() => encodeName(`${'a'.repeat(64)}.test`)).toThrow(/64 bytes, and at most 63/)
    expect(() => encodeName(`${'a'.repeat(50)}.`.repeat(6))).toThrow(/at most 255/)
    expect(() => encodeName('a..test')).toThrow(/label 2 is empty/)
  })

  it.each([
    [String.raw`a\.b.example.test`, 'b.example.test', false],
    [String.raw`a\\.b.example.test`, 'b.example.test', true],
    ['a.b.Example.test.', 'b.example.TEST', true],
    ['anything.test', '', true],
  ])('lie within a zone by whole labels: %s in %s', (name, zone, within) => {
    expect(isWithin(name, zone)).toBe(within)
  })

  it('have one canonical text, however their escapes are written', () => {
    expect(canonicalName(String.raw`A\$b\065.Test.`)).toBe(String.raw`a\$ba.test`)
    expect(canonicalName('a$b.test')).toBe(String.raw`a\$b.test`)
    expect(canonicalName(String.raw`a\\.test.`)).toBe(String.raw`a\\.test`)
    expect(canonicalName('.')).toBe('')
  })

  it('have the name above them as parent, escaped dots aside', () => {
    expect(parentName(String.raw`a\.b.test`)).toBe('test')
    expect(parentName(String.raw`a\\.b.test`)).toBe('b.test')
    expect(parentName('test')).toBe('')
  })

  it('compare without case and final dot, by whole labels', () => {
    expect(canonicalName('_DMARC.Example.TEST.')).toBe('_dmarc.example.test')
    expect(isWithin('a.Example.test.', 'example.TEST')).toBe(true)
    expect(isWithin('badexample.test', 'example.test')).toBe(false)
    expect(isWithin('anything.test', '.')).toBe(true)
  })
})
