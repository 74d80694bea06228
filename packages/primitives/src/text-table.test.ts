import { describe, expect, it } from 'vitest'
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
