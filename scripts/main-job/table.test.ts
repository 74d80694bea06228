import { expect, it } from 'vitest'
import { table } from './table.ts'

it('columns are as wide as their widest cell, and lines have no blanks at their end', () => {
  expect(
    table(
      ['domain', 'status'],
      [
        ['example.test', 'ready'],
        ['a.test', ''],
      ],
    ),
  ).toEqual(['domain        status', '------------  ------', 'example.test  ready', 'a.test'])
})
