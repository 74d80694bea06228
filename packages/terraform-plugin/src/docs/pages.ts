import type { Provider, ProviderFunction } from '../provider/provider.ts'
import { typeOf } from '../schema/implied-type.ts'
import { fieldSpecs } from '../schema/s.ts'
import type { AnyDefinition, Compiled, Registry } from '../server/compiled.ts'
import { compileProvider } from '../server/connection.ts'
import { codeBlock } from './code.ts'
import { listItem, type SchemaTextOptions, schemaText, typeText } from './schema-text.ts'

/** The text of an example file by its path, such as `resources/notes_note/resource.tf`; undefined where there is none. */
export type ExampleSource = (path: string) => string | undefined

/** What documentation says beyond the schema. */
interface Documented extends AnyDefinition {
  readonly subcategory?: string
}

interface Kind {
  /** The folder of its pages. */
  readonly folder: string
  readonly title: string
  /** The example file of each, in its folder of `examples`. */
  readonly example: string
  readonly language?: string
  readonly text?: SchemaTextOptions
}

const KINDS = {
  resources: { folder: 'resources', title: 'Resource', example: 'resource.tf' },
  dataSources: { folder: 'data-sources', title: 'Data Source', example: 'data-source.tf' },
  ephemeralResources: { folder: 'ephemeral-resources', title: 'Ephemeral Resource', example: 'ephemeral-resource.tf' },
  listResources: {
    folder: 'list-resources',
    title: 'List Resource',
    example: 'list-resource.tfquery.hcl',
    text: { settableOnly: true },
  },
  actions: { folder: 'actions', title: 'Action', example: 'action.tf', text: { settableOnly: true } },
} as const satisfies { readonly [kind: string]: Kind }

/**
 * The pages of a provider for the Terraform Registry, by their path below `docs`, in the layout of tfplugindocs and with
 * examples from the same places: `provider/provider.tf`, `resources/NAME/resource.tf`, `resources/NAME/import.tf` (by id),
 * `import-by-identity.tf` and `import.sh`, `data-sources/NAME/data-source.tf`, `functions/NAME/function.tf` and so on.
 */
export function documentationPages(provider: Provider, example: ExampleSource): Map<string, string> {
  const compiled = compileProvider(provider)
  const { definition } = provider
  const pages = new Map<string, string>()
  pages.set('index.md', indexPage(compiled.config, definition.name, example))
  for (const [kind, about] of Object.entries(KINDS) as [keyof typeof KINDS, Kind][]) {
    const registry: Registry<Documented> = compiled[kind]
    for (const name of registry.names) {
      const page = partPage(registry.get(name), about, definition.name, example)
      pages.set(`${about.folder}/${shortName(name, definition.name)}.md`, page)
    }
  }
  for (const [name, entry] of Object.entries(definition.functions ?? {})) {
    pages.set(`functions/${name}.md`, functionPage(name, entry, definition.name, example))
  }
  return pages
}

const shortName = (name: string, provider: string) => (name === provider ? name : name.slice(provider.length + 1))

function indexPage(config: Compiled<AnyDefinition>, name: string, example: ExampleSource): string {
  const { description = '' } = config.definition
  return tidy(
    `${front(`${name} Provider`, description)}# ${name} Provider\n\n${description}\n\n` +
      `${exampleText('Example Usage', [example('provider/provider.tf')])}${schemaText(config.fields, { settableOnly: true })}`,
  )
}

function partPage(part: Compiled<Documented>, kind: Kind, provider: string, example: ExampleSource): string {
  const { description = '', deprecated, subcategory } = part.definition
  const folder = `${kind.folder}/${part.name}`
  return tidy(
    `${front(`${part.name} ${kind.title} - ${provider}`, description, subcategory ?? '')}# ${part.name} (${kind.title})\n\n` +
      `${deprecated ? `~> **Deprecated:** This ${kind.title.toLowerCase()} will be removed.\n\n` : ''}${description}\n\n` +
      `${exampleText('Example Usage', [example(`${folder}/${kind.example}`)])}${schemaText(part.fields, kind.text)}\n` +
      (kind.folder === 'resources' ? importText(part, (file) => example(`${folder}/${file}`)) : ''),
  )
}

/** How a resource is imported: what Terraform offers, each with its example. */
function importText(part: Compiled<Documented>, example: ExampleSource): string {
  const [byIdentity, byId, byCommand] = [
    example('import-by-identity.tf'),
    example('import.tf') ?? example('import-by-string-id.tf'),
    example('import.sh'),
  ]
  if (byIdentity === undefined && byId === undefined && byCommand === undefined) return ''
  const identity = part.definition.identity
  const parts = ['\n## Import\n']
  if (byIdentity !== undefined) {
    parts.push(
      'In Terraform 1.12 and later, an `import` block can name the object by its `identity`:\n',
      codeBlock('terraform', byIdentity),
    )
    if (identity) {
      const text = schemaText(fieldSpecs(identity.schema), { settableOnly: true })
      parts.push(text.replace('## Schema', '### Identity Schema').replaceAll('\n### ', '\n#### '))
    }
  }
  if (byId !== undefined)
    parts.push('An `import` block can name the object by its `id`:\n', codeBlock('terraform', byId))
  if (byCommand !== undefined)
    parts.push('The `terraform import` command does the same:\n', codeBlock('shell', byCommand))
  return parts.join('\n')
}

function functionPage(
  name: string,
  { definition }: ProviderFunction,
  provider: string,
  example: ExampleSource,
): string {
  const { summary = '', description = summary, parameters = {}, variadic, returns, deprecated } = definition
  const all = [
    ...Object.entries(parameters).map(([parameter, { spec }]) => ({ name: parameter, spec, rest: false })),
    ...(variadic ? [{ name: 'rest', spec: variadic.spec, rest: true }] : []),
  ]
  const type = (spec: (typeof all)[number]['spec']) => typeText(typeOf(spec.shape))
  // The members of an object are in its description; in the signature they would be longer than all else.
  const short = (spec: (typeof all)[number]['spec']) => type(spec).replace(/:.*/, '').toLowerCase()
  const signature = all.map((one) => `${one.name} ${short(one.spec)}${one.rest ? '...' : ''}`).join(', ')
  const lines = all.map(({ name: parameter, spec, rest }, index) => {
    const words = [rest ? 'Variadic' : '', type(spec), spec.nullable || spec.default ? 'Nullable' : '']
    const head = `\`${parameter}\` (${words.filter(Boolean).join(', ')})`
    return listItem(`${index + 1}. `, head, [spec.description.trim()])
  })
  return tidy(
    `${front(`${name} Function - ${provider}`, summary || description, '')}# ${name} (Function)\n\n` +
      `${deprecated ? `~> **Deprecated:** ${deprecated}\n\n` : ''}${description}\n\n` +
      `${exampleText('Example Usage', [example(`functions/${name}/function.tf`)])}` +
      `## Signature\n\n${codeBlock('text', `${name}(${signature}) ${short(returns.spec)}`)}\n` +
      (lines.length > 0 ? `## Arguments\n\n${lines.join('')}` : ''),
  )
}

/** The head of a page, which the registry shows as its title, its place in the menu and its summary. */
function front(title: string, description: string, subcategory?: string): string {
  // The head is no Markdown, and lists of the registry show its first paragraph only.
  const [summary = ''] = description.trim().split(/\n\s*\n/)
  const plain = summary
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .split('\n')
  return `---\npage_title: ${JSON.stringify(title)}\n${subcategory === undefined ? '' : `subcategory: ${JSON.stringify(subcategory)}\n`}description: |-\n${plain.map((one) => `  ${one.trim()}`.trimEnd()).join('\n')}\n---\n\n`
}

function exampleText(title: string, examples: readonly (string | undefined)[]): string {
  const found = examples.filter((one) => one !== undefined)
  return found.length === 0 ? '' : `## ${title}\n\n${found.map((one) => codeBlock('terraform', one)).join('\n')}\n`
}

/** One empty line between parts; those of examples are theirs. */
const tidy = (text: string) =>
  `${text.replace(/^(`{3,}).*\n[\s\S]*?\n\1$|\n{3,}/gm, (part, fence) => (fence === undefined ? '\n\n' : part)).trim()}\n`
