import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemaJson, source } from '../../src/schema-json.ts'
import { type Block, blockText, functionText } from './schema-text.ts'

const examples = join(import.meta.dirname, '../../examples')

interface ProviderSchema {
  readonly provider: { readonly block: Block }
  readonly resource_schemas: { readonly [name: string]: { readonly block: Block } }
  readonly data_source_schemas: { readonly [name: string]: { readonly block: Block } }
  readonly list_resource_schemas: { readonly [name: string]: { readonly block: Block } }
  readonly functions: { readonly [name: string]: Parameters<typeof functionText>[1] }
}

/** The pages of the registry, by their path below `docs`, made from the schema and the examples. */
export function pages(): Map<string, string> {
  const schemas = schemaJson().provider_schemas as unknown as { readonly [source: string]: ProviderSchema }
  const schema = schemas[source]
  if (!schema) throw new Error(`the schema of ${source} is missing`)
  const made = new Map<string, string>()
  made.set('index.md', indexPage(schema))
  for (const [name, { block }] of Object.entries(schema.resource_schemas)) {
    made.set(`resources/${short(name)}.md`, page(`${name} (Resource)`, block, name) + importText(name))
  }
  for (const [name, { block }] of Object.entries(schema.data_source_schemas)) {
    made.set(`data-sources/${short(name)}.md`, page(`${name} (Data Source)`, block, `data.${name}`))
  }
  for (const [name, { block }] of Object.entries(schema.list_resource_schemas)) {
    made.set(`list-resources/${short(name)}.md`, listPage(name, block))
  }
  for (const [name, signature] of Object.entries(schema.functions)) {
    const text = `${front(name)}# ${name} (Function)\n\n${signature.description ?? ''}\n\n${example(`function.${name}`)}${functionText(name, signature)}`
    made.set(`functions/${name}.md`, tidy(text))
  }
  return made
}

const short = (name: string) => name.replace(/^dmarcreport_/, '')

const front = (title: string) => `---\npage_title: "${title}"\n---\n\n`

const tidy = (text: string) => `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`

function page(title: string, block: Block, name: string): string {
  return tidy(
    `${front(title)}# ${title}\n\n${block.description ?? ''}\n\n${example(name)}## Schema\n\n${blockText(block)}`,
  )
}

function listPage(name: string, block: Block): string {
  const file = `list.${name}.tfquery.hcl`
  return tidy(`${front(`${name} (List Resource)`)}# ${name} (List Resource)

${block.description ?? ''}

Needs Terraform 1.14 or later; earlier ones and OpenTofu have the data sources instead. It was tested over the plugin protocol
only, as no such Terraform was at hand.

## Example

In a file such as \`existing.tfquery.hcl\`:

\`\`\`terraform
${read(file)}\`\`\`

\`terraform query\` prints what is found; \`terraform query -generate-config-out=generated.tf\` writes \`import\` and \`resource\` blocks
for all of it. CDKTF has no counterpart.

## Schema

These stand in the \`config\` block.

${blockText(block)}`)
}

function indexPage({ provider }: ProviderSchema): string {
  return tidy(`${front('dmarcreport Provider')}# dmarcreport Provider

${provider.block.description ?? ''}

${example('provider')}## Install without a registry

\`npx @dmarc-as-code/terraform-provider install\` puts the provider into the folder where Terraform and OpenTofu look by themselves;
\`--dir FOLDER\` chooses another one and writes a CLI configuration for it. Node 22 or newer runs the provider. The release has
compiled programs that need no Node.

## Schema

${blockText(provider.block)}
## Secrets

The token and the credentials of DNS services are never stored. Secrets may stand in the provider block, in the environment, or,
for \`dmarcreport_dns_records\`, in its write-only attributes (Terraform 1.11 and later). Write-only secrets are at hand only when
records are published or changed; refresh and destroy need the provider block or the environment.

## After a crash

What is being created is noted in \`dmarcreport\` below Terraform's data folder (\`.terraform\`) until the state holds it. When
Terraform, the provider or the machine dies in between, the next apply in the same folder takes over what was made. Without the
folder, an apply that finds the domain there already says how to import it.
`)
}

/** HCL and TypeScript side by side. */
function example(name: string): string {
  const typescript = read(`${name}.ts`).replace(/^import \{ stack \} from .*\n/m, '')
  return `## Example\n\n\`\`\`terraform\n${read(`${name}.tf`)}\`\`\`\n\nThe same in TypeScript, with [@dmarc-as-code/cdktf](https://www.npmjs.com/package/@dmarc-as-code/cdktf):\n\n\`\`\`typescript\n${typescript}\`\`\`\n\n`
}

function importText(name: string): string {
  if (!existsSync(join(examples, `${name}.import.tf`))) return ''
  return `\n## Import\n\n\`\`\`terraform\n${read(`${name}.import.tf`)}\`\`\`\n\n\`terraform plan -generate-config-out=generated.tf\` writes the configuration.\n`
}

const read = (file: string) => readFileSync(join(examples, file), 'utf8')
