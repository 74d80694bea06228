import { describe, expect, it } from 'vitest'
import { readImports } from './read-imports.ts'

describe('readImports', () => {
  it('finds every form of import, type-only ones included, with its line', () => {
    const source = [
      "import { a } from './value.ts'",
      "import type { B } from './type.ts'",
      "import './effect.ts'",
      "export * from './all.ts'",
      "export { c } from './named.ts'",
      "export type { D } from './named-type.ts'",
      "const e = await import('./dynamic.ts')",
      "const f: import('./inline-type.ts').F = e",
    ].join('\n')
    expect(readImports('x.ts', source)).toEqual([
      { specifier: './value.ts', line: 1 },
      { specifier: './type.ts', line: 2 },
      { specifier: './effect.ts', line: 3 },
      { specifier: './all.ts', line: 4 },
      { specifier: './named.ts', line: 5 },
      { specifier: './named-type.ts', line: 6 },
      { specifier: './dynamic.ts', line: 7 },
      { specifier: './inline-type.ts', line: 8 },
    ])
  })

  it('ignores imports in strings and comments', () => {
    const source = "// import './comment.ts'\nconst text = `\nimport './string.ts'\n`\nexport { text }"
    expect(readImports('x.ts', source)).toEqual([])
  })

  it('fails for a source that does not parse', () => {
    expect(() => readImports('broken.ts', "import { from './a.ts'")).toThrow('cannot read the imports of broken.ts')
  })
})
