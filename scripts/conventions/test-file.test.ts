import { describe, expect, it } from 'vitest'
import { conventionFaults } from './test-file.ts'

const faultsOf = (...lines: string[]) => conventionFaults('a.test.ts', lines.join('\n'))

describe('conventionFaults', () => {
  it('finds `test` from vitest, and no other `test`', () => {
    expect(faultsOf("import { expect, test } from 'vitest'")).toEqual([
      'a.test.ts:1 imports `test`; tests of this repository use `it`',
    ])
    expect(faultsOf("import { test } from './tools.ts'", "import { expect } from 'vitest'")).toEqual([])
  })

  it.each(['await sleep(150)', 'await new Promise((resolve) => setTimeout(resolve, 1_000))'])(
    'finds the fixed sleep %s',
    (sleep) => {
      expect(faultsOf(sleep)).toEqual([expect.stringContaining('sleeps for a fixed time')])
    },
  )

  it('accepts a fixed sleep that gives its reason', () => {
    expect(faultsOf('// Fixed sleep: nothing signals that no window opens.', 'await sleep(150)')).toEqual([])
  })

  it('accepts a poll in a loop', () => {
    expect(faultsOf('while (!done()) await sleep(50)')).toEqual([])
  })

  it.each([
    ["it('works.', () => {})", 'ends in a full stop'],
    ["it('works', () => {})", 'is no sentence'],
    ["it.each([1])('asks anew for %s', () => {})", 'says "anew" instead of the technical term'],
    ["it.skipIf(!a)('is told what to do', () => {})", 'says "is told" instead of the technical term'],
  ])('reports the title of %s', (source, fault) => {
    expect(faultsOf(source)).toEqual([expect.stringContaining(fault)])
  })

  it('accepts a title that takes its words from a table', () => {
    expect(faultsOf("it.each([['a b']])('%s', () => {})")).toEqual([])
  })
})
