import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemaJson, source } from '../../src/schema-json.ts'
import { type Block, blockText, functionText } from './schema-text.ts'

const examples = join(import.meta.dirname, '../../examples')

interface ProviderSchema {
  readonly provider: { readonly block: Block }
  readonly resource_schemas: { readonly [name: string]: { readonly block: Block } }
  readonly data_source_schemas: { readonly [name: string]: { readonly block: Block } }
  readonly action_schemas: { readonly [name: string]: { readonly block: Block } }
  readonly list_resource_schemas: { readonly [name: string]: { readonly block: Block } }
  readonly functions: { readonly [name: string]: Parameters<typeof functionText>[1] }
}

/** The registry's documentation pages, by their path below `docs`, generated from the schema and the examples. */
export function pages(): Map<string, string> {
  const schemas = schemaJson().provider_schemas as unknown as { readonly [source: string]: ProviderSchema }
  const schema = schemas[source]
  if (!schema) throw new Error(`the schema of ${source} is missing`)
  const made = new Map<string, string>()
  made.set('index.md', indexPage(schema))
  for (const [name, { block }] of Object.entries(schema.resource_schemas)) {
    made.set(
      `resources/${short(name)}.md`,
      page(`${name} (Resource)`, block, name) + (notes[name] ?? '') + importText(name),
    )
    made.set(`cdktf/typescript/resources/${short(name)}.md`, cdkPage(`${name} (Resource)`, block, name))
  }
  for (const [name, { block }] of Object.entries(schema.data_source_schemas)) {
    made.set(`data-sources/${short(name)}.md`, page(`${name} (Data Source)`, block, `data.${name}`))
    made.set(`cdktf/typescript/data-sources/${short(name)}.md`, cdkPage(`${name} (Data Source)`, block, `data.${name}`))
  }
  for (const [name, { block }] of Object.entries(schema.list_resource_schemas)) {
    made.set(`list-resources/${short(name)}.md`, listPage(name, block))
  }
  for (const [name, { block }] of Object.entries(schema.action_schemas)) {
    made.set(`actions/${short(name)}.md`, actionPage(name, block))
  }
  for (const [name, signature] of Object.entries(schema.functions)) {
    const text = `${front(name)}# ${name} (Function)\n\n${signature.description ?? ''}\n\n${example(`function.${name}`)}${functionText(name, signature)}`
    made.set(`functions/${name}.md`, tidy(text))
    made.set(`cdktf/typescript/functions/${name}.md`, cdkPage(`${name} (Function)`, signature, `function.${name}`))
  }
  return made
}

/** What a page says beyond the schema. */
const notes: { readonly [name: string]: string } = {
  dmarcreport_dns_records: `
## Names that move between resources

One resource owns each name. If a name moves from one instance to another in the same run, because \`count\` shifts or because of
\`create_before_destroy\`, the old instance leaves the record that the new one has published in place. If the old instance had replaced
other records at that name, they are not restored later; a warning lists them. Use \`for_each\` instead of \`count\` to keep names with
their instances.

## Several provider blocks

Terraform runs one process for each provider block (\`alias\`). An apply shares what it has published through \`.terraform/dmarcreport\`, so a
name may pass to a resource of another block, and two resources that declare one name are an error in the apply. The plan sees the
names of one block only. Keep a domain and its \`dmarcreport_dns_records\` in the same block: when hosting ends, the order that is safe for
mail (the CNAME first, then the hosted record) is kept within a block.
`,
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

Requires Terraform 1.14 or later. With earlier versions and with OpenTofu, use the data sources instead.

## Example

In a file such as \`existing.tfquery.hcl\`:

\`\`\`terraform
${read(file)}\`\`\`

\`terraform query\` prints the results; \`terraform query -generate-config-out=generated.tf\` writes \`import\` and \`resource\` blocks
for them. CDKTF has no equivalent.

## Schema

Arguments of the \`config\` block:

${blockText(block)}`)
}

function actionPage(name: string, block: Block): string {
  return tidy(`${front(`${name} (Action)`)}# ${name} (Action)

${block.description ?? ''}

Requires Terraform 1.14 or later.

${example(`action.${name}`)}## Schema

Arguments of the \`config\` block:

${blockText(block)}`)
}

function indexPage({ provider }: ProviderSchema): string {
  return tidy(`${front('dmarcreport Provider')}# dmarcreport Provider

${provider.block.description ?? ''}

${example('provider')}## Other languages

The same provider is configured in TypeScript with [@dmarc-as-code/cdktf](https://www.npmjs.com/package/@dmarc-as-code/cdktf), which
adds constructs for whole domains and fleets.

## Install without a registry

\`npx @dmarc-as-code/terraform-provider install\` installs the provider into the folder that Terraform and OpenTofu search by default.
With \`--dir FOLDER\`, it installs into another folder and writes a CLI configuration for it. The provider requires Node 22 or later.
Each release also contains compiled binaries that do not require Node.

## Schema

${blockText(provider.block)}
## Secrets

The token and the credentials of DNS services are never stored. Set secrets in the provider block, in the environment or, for
\`dmarcreport_dns_records\`, in its write-only attributes (Terraform 1.11 and later). Write-only secrets are available only when
records are created or updated; refresh and destroy use the provider block or the environment.

## DNS look-ups

While planning, the provider queries the DNS and fetches MTA-STS policy files to tell how a change affects mail. If something cannot
be read, the plan shows a warning. The provider uses the system's resolvers. To use other servers, set \`DMARCREPORT_STUB_ZONES\` to
a list of zones with their servers, such as \`example.test=192.0.2.53:5353,hosted.test=192.0.2.54\`; then only these are queried.
Applying a saved plan repeats these look-ups: a change that became unsafe after the plan is refused.

## Interrupted runs

While the provider creates an object, it keeps a marker in the folder \`dmarcreport\` of Terraform's data folder (\`.terraform\`). If
Terraform, the provider or the machine dies before the state holds the object, the next apply in the same folder completes the
creation. It adopts an object only with proof that the interrupted run created it: an ID that the API had returned, or an idempotency
key that the server recognizes. Markers belong to one endpoint, token, workspace and root module, and a successful run removes them.
In all other cases, an object that already exists is an error that contains the \`import\` block.

## Wrong token

An object that the token cannot access is not treated as deleted. If the account of a domain is not accessible, or a tag or an
account belongs to another user, the plan fails instead of proposing to create everything again.
`)
}

/** The same for the constructs, as registries keep them: in pages of their own. */
function cdkPage(title: string, { description }: { readonly description?: string }, name: string): string {
  const typescript = read(`${name}.ts`).replace(/^import \{ stack \} from .*\n/m, '')
  return tidy(`${front(title)}# ${title}

${description ?? ''}

## Example

With [@dmarc-as-code/cdktf](https://www.npmjs.com/package/@dmarc-as-code/cdktf), for CDK Terrain and CDKTF:

\`\`\`typescript
${typescript}\`\`\`

Arguments and attributes are those of the page for HCL, in camel case.
`)
}

function example(name: string): string {
  return `## Example\n\n\`\`\`terraform\n${read(`${name}.tf`)}\`\`\`\n\n`
}

function importText(name: string): string {
  if (!existsSync(join(examples, `${name}.import.tf`))) return ''
  return `\n## Import\n\n\`\`\`terraform\n${read(`${name}.import.tf`)}\`\`\`\n\n\`terraform plan -generate-config-out=generated.tf\` generates the configuration.\n`
}

const read = (file: string) => readFileSync(join(examples, file), 'utf8')
