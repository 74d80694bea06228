import { parseSync, type StringLiteral, Visitor } from 'oxc-parser'

/** One import of a module: its specifier as written and the line it stands on, counted from 1. */
export interface Import {
  specifier: string
  line: number
}

/**
 * Every import in a TypeScript or JavaScript source: static and dynamic ones, re-exports, `import('x').Type`, type-only
 * ones included. Throws when the source does not parse, because an unread file must not pass as one without imports.
 */
export function readImports(file: string, source: string): Import[] {
  const parsed = parseSync(file, source)
  const [error] = parsed.errors
  if (error) throw new Error(`cannot read the imports of ${file}: ${error.message}`)
  const found: { specifier: string; offset: number }[] = []
  const add = (literal: { type: string; value?: unknown; start: number } | null) => {
    if (literal?.type === 'Literal' && typeof literal.value === 'string')
      found.push({ specifier: literal.value, offset: literal.start })
  }
  const addSource = (node: { source: StringLiteral | null }) => add(node.source)
  new Visitor({
    ImportDeclaration: addSource,
    ExportAllDeclaration: addSource,
    ExportNamedDeclaration: addSource,
    TSImportType: addSource,
    ImportExpression: (node) => add(node.source),
  }).visit(parsed.program)
  return found
    .sort((one, other) => one.offset - other.offset)
    .map(({ specifier, offset }) => ({ specifier, line: source.slice(0, offset).split('\n').length }))
}
