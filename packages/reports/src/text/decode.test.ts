import { describe, expect, it } from 'vitest'
import { Warnings } from '../outcome.ts'
import { decodeText, TextDecoding } from './decode.ts'

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

function decoded(input: Uint8Array): { text: string; warnings: string[] } {
  const warnings = new Warnings()
  return { text: decodeText(input, warnings), warnings: warnings.all.map(({ code }) => code) }
}

describe('text of a report', () => {
  it('is UTF-8 unless it says otherwise', () => {
    expect(decoded(bytes('<a>żółć 🙂</a>'))).toEqual({ text: '<a>żółć 🙂</a>', warnings: [] })
  })

  it('keeps its valid UTF-8 when a byte is not', () => {
    const input = bytes('<a>żółć ', [0xe9], ' 🙂', [0xff, 0x80], '</a>')
    expect(decoded(input)).toEqual({ text: '<a>żółć é 🙂ÿ€</a>', warnings: ['encoding-repaired'] })
  })

  it('follows the charset that the XML declaration names', () => {
    const input = bytes('<?xml version="1.0" encoding="ISO-8859-2"?><a>', [0xb1], '</a>')
    expect(decoded(input).text).toContain('<a>ą</a>')
  })

  it('follows a byte-order mark, and knows UTF-16 without one', () => {
    expect(decoded(bytes([0xef, 0xbb, 0xbf], '<a/>'))).toEqual({ text: '<a/>', warnings: ['byte-order-mark'] })
    const utf16 = Buffer.from('<a>é</a>', 'utf16le')
    expect(decoded(bytes([0xff, 0xfe], [...utf16])).text).toBe('<a>é</a>')
    expect(decoded(utf16).text).toBe('<a>é</a>')
  })

  it('reads UTF-8 that claims to be UTF-16 or an unknown charset', () => {
    expect(decoded(bytes('<?xml version="1.0" encoding="utf-16"?><a>é</a>')).text).toContain('<a>é</a>')
    expect(decoded(bytes('<?xml version="1.0" encoding="x-none"?><a>é</a>')).text).toContain('<a>é</a>')
  })

  it('is the same whatever the pieces in which it arrives', () => {
    const input = bytes('<a>', 'żółć 🙂 é'.repeat(60), [0xff], '</a>')
    const whole = decoded(input).text
    for (const size of [1, 2, 3, 5, 257]) {
      const decoding = new TextDecoding(new Warnings())
      let text = ''
      for (let from = 0; from < input.length; from += size) text += decoding.write(input.subarray(from, from + size))
      expect(text + decoding.end()).toBe(whole)
    }
  })
})
