import { describe, expect, it } from 'vitest'
import { printable } from './printable.ts'
import { textTable } from './text-table.ts'

const header = ['domain', 'status']

describe('textTable', () => {
  it('makes columns as wide as their widest cell and leaves no spaces at the end of a line', () => {
    const rows = [
      ['example.test', 'ready'],
      ['a.test', ''],
    ]
    expect(textTable(header, rows)).toEqual(['domain        status', 'example.test  ready', 'a.test'])
    expect(textTable(header, rows, { rule: true })[1]).toBe('------------  ------')
  })

  it('keeps columns straight beside wide and combining characters', () => {
    const lines = textTable(header, [
      ['例え.test', 'a'],
      ['e\u0301.test', 'b'],
    ])
    expect(lines).toEqual(['domain     status', '例え.test  a', 'e\u0301.test     b'])
  })

  it('shows rows that are longer or shorter than the header', () => {
    expect(textTable(['a'], [['b', 'c'], []])).toEqual(['a', 'b  c', ''])
  })

  it('makes hidden characters of cells visible', () => {
    expect(textTable(['a'], [['x\u001b[31m\ny']])[1]).toBe('x\\x1b[31m\\x0ay')
  })
})

describe('printable', () => {
  it('shows controls, odd spaces and characters that change the direction of writing', () => {
    expect(printable('a\u0000b\u00a0c\u202ed\u200be\u2028')).toBe('a\\x00b\\xa0c\\u{202e}d\\u{200b}e\\u{2028}')
  })

  it('leaves what can be seen alone', () => {
    expect(printable('Bücher 例え 😀 a b')).toBe('Bücher 例え 😀 a b')
  })
})
