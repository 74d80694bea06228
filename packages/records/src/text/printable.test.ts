import { describe, expect, it } from 'vitest'
import { printable, quoted } from './printable.ts'

describe('printable', () => {
  it('escapes what a terminal obeys or does not show', () => {
    expect(printable('a\u0000b\u00a0c\u202ed\u200be\u2028')).toBe('a\\x00b\\xa0c\\u{202e}d\\u{200b}e\\u{2028}')
    expect(printable('a\u3000b\u3164c\u2800d\ud800')).toBe('a\\u{3000}b\\u{3164}c\\u{2800}d\\u{d800}')
  })

  it('keeps letters of every script, signs and plain spaces', () => {
    expect(printable('Bücher 例え 😀 ✔️ a b')).toBe('Bücher 例え 😀 ✔️ a b')
  })
})

describe('quoted', () => {
  it('cuts long text, so that a message stays one line', () => {
    expect(quoted('a\nb')).toBe('`a\\x0ab`')
    expect(quoted('x'.repeat(200))).toBe(`\`${'x'.repeat(80)}...\``)
  })
})
