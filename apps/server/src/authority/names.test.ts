import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeName, isWithin, nameKey, nameText, parseName, readName } from './names.ts'

const anyName = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 3 })
  .map((labels) => labels.map((label) => Buffer.from(label).toString('latin1')))

describe('domain names', () => {
  it('read as labels, with or without the final dot, escapes resolved', () => {
    expect(parseName('a.example.test.')).toEqual(['a', 'example', 'test'])
    expect(parseName(String.raw`a\.b\032c.test`)).toEqual(['a.b c', 'test'])
    expect(parseName('.')).toEqual([])
  })

  it('come back the same from text and from the wire, whatever bytes they hold', () => {
    fc.assert(
      fc.property(anyName, (labels) => {
        expect(parseName(nameText(labels))).toEqual(labels)
        expect(readName(encodeName(labels), 0)?.labels).toEqual(labels)
      }),
    )
  })

  it('compare without regard to ASCII case only (RFC 4343)', () => {
    expect(nameKey(['A', 'Test'])).toBe(nameKey(['a', 'tesT']))
    expect(nameKey(['\xc4'])).not.toBe(nameKey(['\xe4']))
    expect(nameKey(['a.b'])).not.toBe(nameKey(['a', 'b']))
  })

  it('know which zone they lie in by labels, not by text', () => {
    expect(isWithin(['a', 'Example', 'test'], ['example', 'TEST'])).toBe(true)
    expect(isWithin(['badexample', 'test'], ['example', 'test'])).toBe(false)
  })

  it('follow compression pointers backwards and go on after the pointer', () => {
    const message = Buffer.from([4, 116, 101, 115, 116, 0, 1, 97, 0xc0, 0])
    expect(readName(message, 6)).toEqual({ labels: ['a', 'test'], end: 10 })
  })

  it.each([
    ['a pointer to itself', [0xc0, 0]],
    ['a pointer forwards', [0xc0, 2, 0]],
    ['two pointers in a circle', [1, 97, 0xc0, 0]],
    ['a label that runs past the end', [5, 97]],
    ['no end', [1, 97]],
    ['half a pointer', [0xc0]],
    ['an unknown label type', [0x40, 0]],
    [
      'more than 255 bytes',
      [
        ...Array(5)
          .fill([63, ...Array(63).fill(97)])
          .flat(),
        0,
      ],
    ],
  ])('fail to read from %s', (_, bytes) => {
    expect(readName(Buffer.from(bytes), 0)).toBeUndefined()
  })

  it.each(['a..test', '.test', `${'a'.repeat(64)}.test`, String.raw`\300.test`, 'bücher.test'])(
    'fail for %s',
    (text) => {
      expect(() => parseName(text)).toThrow(`"${text}" is not a domain name`)
    },
  )
})
