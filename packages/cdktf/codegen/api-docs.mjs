// API.md: everything that the package exports, with its documentation, made of the sources. `npm run generate:api` writes it.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
// The compiler of release 7, which builds this repository, has no API in JavaScript. The tests bring one that has.
const compiler = join(root, '.cache', 'peers', 'node_modules', 'typescript-5', 'lib', 'typescript.js')

/** API.md as it is for the sources as they are. The set-up of the tests must have run before. */
export function currentApiDocs() {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const entryPoints = Object.entries(exports).flatMap(([path, { '@dmarc-as-code/source': source }]) =>
    source === undefined || path === './l1' ? [] : [{ path: join(name, path), file: join(root, source) }],
  )
  return apiDocs(createRequire(import.meta.url)(compiler), entryPoints)
}

function apiDocs(ts, entryPoints) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram(
    entryPoints.map(({ file }) => file),
    options,
  )
  const writer = new ApiWriter(ts, program.getTypeChecker())
  const chapters = entryPoints.flatMap(({ path, file }) => {
    const source = program.getSourceFile(file)
    if (source === undefined) throw new Error(`${file} cannot be read.`)
    return [`## ${path}`, ...writer.module(source)]
  })
  return `${[...head, ...chapters].join('\n\n')}\n`
}

const head = [
  '# API',
  'Generated from the sources by `npm run generate:api`; a test fails when it is out of date. The paths are those of CDKTF; for CDK Terrain, ' +
    'put `/cdktn` after the name of the package. `/l1` has the resources and data sources of the provider as they are, ' +
    'whose arguments are in the [documentation of the provider](../terraform-provider/docs).',
]

class ApiWriter {
  #ts
  #checker

  constructor(ts, checker) {
    this.#ts = ts
    this.#checker = checker
  }

  module(source) {
    const symbol = this.#checker.getSymbolAtLocation(source)
    const exported = symbol ? this.#checker.getExportsOfModule(symbol) : []
    const byName = exported.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return byName.flatMap((one) => this.#symbol(one))
  }

  #symbol(exported) {
    const ts = this.#ts
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
    const symbol = isAlias ? this.#checker.getAliasedSymbol(exported) : exported
    const [declaration] = symbol.declarations ?? []
    if (declaration === undefined || declaration.getSourceFile().fileName.includes('/generated/')) return []
    const title = [`### ${symbol.name}`, ...this.#doc(symbol)]
    if (ts.isClassDeclaration(declaration)) return [...title, ...this.#class(declaration)]
    if (ts.isInterfaceDeclaration(declaration)) return [...title, ...this.#interface(symbol)]
    if (ts.isTypeAliasDeclaration(declaration))
      return [...title, code(`type ${symbol.name} = ${this.#type(declaration.type)}`)]
    // Constants are exported for the other files of this package.
    return []
  }

  #class(declaration) {
    const ts = this.#ts
    const name = declaration.name?.text ?? ''
    const lines = []
    for (const member of declaration.members) {
      if (!this.#isPublic(member)) continue
      if (ts.isConstructorDeclaration(member)) {
        // What has a default, or comes after the props, is for this package alone.
        const parameters = member.parameters.slice(0, 3).map((one) => this.#parameter(one))
        lines.push([`new ${name}(${parameters.join(', ')})`, ''])
        continue
      }
      const symbol = member.name && this.#checker.getSymbolAtLocation(member.name)
      if (symbol === undefined) continue
      const isStatic = (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0
      const owner = isStatic ? `${name}.` : ''
      if (ts.isMethodDeclaration(member)) {
        const parameters = member.parameters.map((one) => this.#parameter(one)).join(', ')
        lines.push([`${owner}${symbol.name}(${parameters}): ${this.#type(member.type) || 'void'}`, this.#cell(symbol)])
      } else if (ts.isPropertyDeclaration(member) || ts.isGetAccessorDeclaration(member)) {
        lines.push([`${owner}${symbol.name}: ${this.#type(member.type)}`, this.#cell(symbol)])
      }
    }
    return lines.length === 0
      ? []
      : [
          table(
            ['member', ''],
            lines.map(([member, doc]) => [span(member), doc]),
          ),
        ]
  }

  #interface(symbol) {
    const properties = this.#checker.getPropertiesOfType(this.#checker.getDeclaredTypeOfSymbol(symbol))
    const rows = properties.map((property) => {
      const [declaration] = property.declarations ?? []
      const type = declaration && this.#ts.isPropertySignature(declaration) ? this.#type(declaration.type) : ''
      // Undefined means the same as leaving it out.
      const given = type.replace(/ \| undefined$/, '')
      const optional = (property.flags & this.#ts.SymbolFlags.Optional) !== 0
      const byDefault = property.getJsDocTags(this.#checker).find((tag) => tag.name === 'default')?.text
      const text = this.#ts.displayPartsToString(byDefault).replace(/^-\s*/, '').replaceAll('\n', ' ')
      return [span(property.name), span(given), optional ? escaped(text) : 'required', this.#cell(property)]
    })
    return rows.length === 0 ? [] : [table(['property', 'type', 'default', ''], rows)]
  }

  #isPublic(member) {
    const { ModifierFlags } = this.#ts
    const flags = this.#ts.getCombinedModifierFlags(member)
    const isHidden = (flags & (ModifierFlags.Private | ModifierFlags.Protected)) !== 0
    return !isHidden && !(member.name && this.#ts.isPrivateIdentifier(member.name))
  }

  #parameter(parameter) {
    const optional = parameter.questionToken || parameter.initializer ? '?' : ''
    return `${parameter.name.getText()}${optional}: ${this.#type(parameter.type)}`
  }

  /** As it is written, on one line. */
  #type(node) {
    const text = (node?.getText() ?? '').replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ')
    return text.replace(/^\| /, '')
  }

  #doc(symbol) {
    const text = this.#ts.displayPartsToString(symbol.getDocumentationComment(this.#checker))
    // The generator of the bindings links each argument to a page of a registry; the provider's documentation is linked above.
    const own = text.replace(/\s*Docs at Terraform Registry: \{@link [^}]*\}/g, '').trim()
    return own === '' ? [] : [own.replaceAll('\n', ' ')]
  }

  #cell(symbol) {
    const parameters = symbol.getJsDocTags(this.#checker).filter(({ name }) => name === 'param')
    const texts = parameters.map(({ text }) =>
      this.#ts.displayPartsToString(text).replace(/^(\w+) - (.)(.*)$/s, (_, name, first, rest) => {
        return `\`${name}\`: ${first.toUpperCase()}${rest}.`
      }),
    )
    return escaped([...this.#doc(symbol), ...texts].join(' '))
  }
}

const code = (text) => ['```ts', text, '```'].join('\n')
const escaped = (text) => text.replaceAll('\n', ' ').replaceAll('|', '\\|')
const span = (text) => (text === '' ? '' : `\`${escaped(text)}\``)

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, 'API.md'), currentApiDocs())
