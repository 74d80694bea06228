import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { root } from '../lib/bootstrap.mjs'

/** A node of the syntax tree, as far as it is read here. */
interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

export interface Export {
  name: string
  /** `path:line`, from the root of the repository. */
  place: string
  documented: boolean
  /** Whether its documentation has an `@example`. */
  example: boolean
}

/** Everything that an entry point exports from its own package, and the public members of its interfaces, types and classes. */
export function exportsOf(entry: string): Export[] {
  const found = new Map<string, Export>()
  visit(join(root, entry), undefined, found, new Set())
  return [...found.values()]
}

function visit(
  file: string,
  names: ReadonlyMap<string, string> | undefined,
  found: Map<string, Export>,
  seen: Set<string>,
) {
  const key = `${file} ${names ? [...names].join() : '*'}`
  if (seen.has(key)) return
  seen.add(key)
  const text = readFileSync(file, 'utf8')
  const { program, comments } = parseSync(file, text)
  const docs = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
  /** The documentation that ends where the node begins. */
  const docOf = (node: Node) => docs.find(({ end }) => end <= node.start && text.slice(end, node.start).trim() === '')
  const add = (name: string, node: Node) => {
    const doc = docOf(node)
    const line = text.slice(0, node.start).split('\n').length
    found.set(name, {
      name,
      place: `${relative(root, file)}:${line}`,
      documented: doc !== undefined,
      example: /^\s*\*?\s*@example\s*$/m.test(doc?.value ?? ''),
    })
  }
  for (const statement of program.body as unknown as Node[]) {
    const { source, declaration } = statement as unknown as { source?: { value: string }; declaration?: Node }
    const from = source?.value.startsWith('.') ? join(dirname(file), source.value) : undefined
    if (statement.type === 'ExportAllDeclaration' && from) visit(from, names, found, seen)
    if (statement.type !== 'ExportNamedDeclaration') continue
    if (from) {
      const specifiers = statement.specifiers as { local: { name: string }; exported: { name: string } }[]
      const wanted = specifiers.filter(({ exported }) => !names || names.has(exported.name))
      const next = new Map(
        wanted.map(({ local, exported }) => [local.name, names?.get(exported.name) ?? exported.name]),
      )
      if (next.size > 0) visit(from, next, found, seen)
    } else if (declaration) {
      for (const { name, node } of declared(declaration)) {
        const shown = names ? names.get(name) : name
        if (shown === undefined) continue
        add(shown, statement)
        for (const member of membersOf(node)) add(`${shown}.${nameOf(member)}`, member)
      }
    }
  }
}

function declared(declaration: Node): { name: string; node: Node }[] {
  if (declaration.type === 'VariableDeclaration') {
    const declarations = declaration.declarations as { id: { name: string } }[]
    return declarations.map(({ id }) => ({ name: id.name, node: declaration }))
  }
  return [{ name: (declaration.id as { name: string }).name, node: declaration }]
}

/** Members that a user of the type sees: none that is private or repeats the base class. */
function membersOf(node: Node): Node[] {
  const type = node.typeAnnotation as Node | undefined
  const body =
    node.type === 'TSTypeAliasDeclaration' && type?.type === 'TSTypeLiteral'
      ? type.members
      : (node.body as { body?: unknown } | undefined)?.body
  if (!Array.isArray(body) || /Function/.test(node.type)) return []
  return (body as Node[]).filter((member) => {
    const key = member.key as Node | undefined
    // Computed ones are symbols of the language, which everybody knows.
    if (!key || member.computed || key.type === 'PrivateIdentifier' || member.kind === 'constructor') return false
    return member.override !== true && member.accessibility !== 'private' && !member.static
  })
}

function nameOf({ key }: Node): string {
  const { name, value } = key as { name?: string; value?: unknown }
  return name ?? (value === undefined ? '[computed]' : String(value))
}
