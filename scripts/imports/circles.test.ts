import { describe, expect, it } from 'vitest'
import { folderPairs, importCircles, importGraph } from './circles.ts'

const file = (path: string, ...specifiers: string[]) => ({
  path,
  imports: specifiers.map((specifier) => ({ specifier, line: 1 })),
})

describe('importCircles', () => {
  it('finds a direct and a longer circle once each', () => {
    const graph = importGraph([
      file('a.ts', './b.ts'),
      file('b.ts', './a.ts', './c.ts'),
      file('c.ts', './d.ts'),
      file('d.ts', './e.ts'),
      file('e.ts', './c.ts', './f.ts'),
      file('f.ts'),
    ])
    expect(importCircles(graph).map((circle) => [...circle].sort())).toEqual([
      ['a.ts', 'b.ts'],
      ['c.ts', 'd.ts', 'e.ts'],
    ])
  })

  it('finds none where two files share a third one', () => {
    const graph = importGraph([file('a.ts', './b.ts', './c.ts'), file('b.ts', './c.ts'), file('c.ts')])
    expect(importCircles(graph)).toEqual([])
  })
})

describe('folderPairs', () => {
  it('finds sibling folders that import each other at any depth', () => {
    const graph = importGraph([
      file('packages/x/src/top/one/a.ts', '../two/b.ts'),
      file('packages/x/src/top/one/c.ts'),
      file('packages/x/src/top/two/b.ts'),
      file('packages/x/src/top/two/d.ts', '../one/c.ts'),
    ])
    expect(folderPairs(graph)).toEqual([
      {
        folders: ['packages/x/src/top/one', 'packages/x/src/top/two'],
        examples: [
          'packages/x/src/top/one/a.ts imports packages/x/src/top/two/b.ts',
          'packages/x/src/top/two/d.ts imports packages/x/src/top/one/c.ts',
        ],
      },
    ])
  })

  it('ignores tests, files directly in the parent folder and imports in one direction', () => {
    const graph = importGraph([
      file('packages/x/src/one/a.ts', '../two/b.ts', '../shared.ts'),
      file('packages/x/src/one/c.ts'),
      file('packages/x/src/two/b.ts'),
      file('packages/x/src/two/b.test.ts', '../one/c.ts'),
      file('packages/x/src/shared.ts', './one/c.ts'),
    ])
    expect(folderPairs(graph)).toEqual([])
  })
})
