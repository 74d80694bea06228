import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What `terraform providers schema -json` prints. */
export interface ProviderSchemaJson {
  readonly format_version: string
  readonly provider_schemas: { readonly [source: string]: object }
}

// The two packages are CommonJS. The generator's package root needs jsii-pacmak, which it does not declare: hence the
// deep path.
const require = createRequire(import.meta.url)

interface Generator {
  generateAll(): void
  save(folder: string): Promise<void>
}

/**
 * Writes the L1 bindings of a provider with CDKTF's own generator, without its CLI and without Terraform. Answers each
 * file's text by its name, such as `domain.ts` or `data-domain.ts`; the framework is imported from `../framework.ts`
 * only, so that one source serves CDKTF and CDK Terrain.
 */
export async function generateBindings(schema: ProviderSchemaJson, version: string): Promise<Map<string, string>> {
  const { CodeMaker } = require('codemaker') as { CodeMaker: new () => object }
  const { TerraformProviderGenerator } = require('@cdktf/provider-generator/lib/get/generator/provider-generator') as {
    TerraformProviderGenerator: new (code: object, schema: object) => Generator
  }
  const [source = ''] = Object.keys(schema.provider_schemas)
  const folder = await mkdtemp(join(tmpdir(), 'bindings-'))
  try {
    const generator = new TerraformProviderGenerator(new CodeMaker(), {
      ...schema,
      provider_versions: { [source]: version },
    })
    generator.generateAll()
    await generator.save(folder)
    const files = await collect(join(folder, 'providers', source.split('/').at(-1) ?? ''))
    if (source !== OWN_SOURCE) return files
    files.set('provider.ts', withConstraint(files.get('provider.ts') ?? '', version))
    return files.set('dns-services.ts', dnsServices(schema))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Other schemas are those of providers that tests stand in for. */
const OWN_SOURCE = 'registry.terraform.io/dmarc-as-code/dmarcreport'

/**
 * The DNS services of the provider's `dns` setting, each of which is an attribute of the records resource too, with the shapes of
 * their settings.
 */
function dnsServices(schema: ProviderSchemaJson): string {
  const [provider] = Object.values(schema.provider_schemas) as unknown as DnsSchema[]
  const names = Object.keys(provider?.provider.block.attributes.dns?.nested_type?.attributes ?? {})
  const ofRecords = provider?.resource_schemas.dmarcreport_dns_records?.block.attributes ?? {}
  if (names.length === 0) throw new Error('The provider schema has no DNS services under "dns".')
  const list = names.map((name) => `  '${name}',\n`).join('')
  const shapes = names.map((name) => `  ${name}: ${JSON.stringify(shapesOf(ofRecords[name]?.nested_type))},\n`)
  return `// Generated from the provider's schema by \`npm run generate\`.
export const dnsServiceNames = [\n${list}] as const

/** The settings of each service. */
export const dnsServiceShapes = {\n${shapes.join('')}} as const
`
}

/** Shapes as `src/shape.ts` has them. */
function shapesOf(block: NestedBlock | undefined): Record<string, unknown> {
  const entries = Object.entries(block?.attributes ?? {})
  return Object.fromEntries(entries.map(([name, attribute]) => [camelCase(name), shapeOf(name, attribute)]))
}

const words: Readonly<Record<string, string>> = { string: 'text', number: 'number', bool: 'boolean' }

function shapeOf(name: string, attribute: NestedBlock['attributes'][string]): unknown {
  const { type, nested_type, sensitive } = attribute ?? {}
  if (nested_type) return { fields: shapesOf(nested_type) }
  const [collection, element] = Array.isArray(type) ? type : []
  const word = sensitive ? 'secret' : words[String(element ?? type)]
  if (word === undefined) throw new Error(`The setting ${name} has a type that has no shape: ${JSON.stringify(type)}.`)
  if (collection === undefined) return word
  return collection === 'map' ? { map: word } : { list: word }
}

const camelCase = (name: string) => name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())

interface NestedBlock {
  attributes: { [name: string]: { type?: unknown; sensitive?: boolean; nested_type?: NestedBlock } | undefined }
}

interface DnsSchema {
  provider: { block: NestedBlock }
  resource_schemas: { [name: string]: { block: NestedBlock } | undefined }
}

async function collect(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const entries = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  for (const name of entries.map((entry) => entry.name).sort()) {
    files.set(`${name}.ts`, adapt(await readFile(join(folder, name, 'index.ts'), 'utf8')))
  }
  const exports = [...files.keys()].map((file) => `export * from './${file}'`)
  files.set('index.ts', `${exports.join('\n')}\n`)
  return files
}

/**
 * The version that a stack asks for: releases that only add to this one fit as well, so that the provider can be updated without
 * these bindings.
 */
function withConstraint(code: string, version: string): string {
  const [major, minor] = version.split('.')
  const exact = `providerVersion: '${version}'`
  if (!code.includes(exact)) throw new Error(`The provider's bindings do not contain ${exact}.`)
  return code.replace(exact, `providerVersion: '~> ${major}.${minor}'`)
}

/** The generator's code is not written for our compiler settings; its own declarations are what users see. */
function adapt(code: string): string {
  const adapted = code
    .replace(
      /^\/\/ generated from .*$/m,
      "// Generated from the provider's schema by `npm run generate`.\n// @ts-nocheck",
    )
    .replace("import { Construct } from 'constructs';", "import type { Construct } from 'constructs'")
    .replace("import * as cdktf from 'cdktf';", "import * as cdktf from '../framework.ts'")
    // The generator writes keys of computed maps without quotes, which Terraform reads as references.
    .replace(
      /(return new \w+OutputReference\(this\.terraformResource, this\.terraformAttribute, )key\);/g,
      (_, head: string) => `${head}\`"\${key}"\`);`,
    )
    // Parameter properties are no erasable syntax; the classes above keep the values anyway.
    .replace(/constructor\([^)]*\bprotected \w+:[^)]*\)/g, (head) => head.replaceAll('protected ', ''))
  if (!adapted.includes('@ts-nocheck') || /from ['"]cdktf['"]/.test(adapted)) {
    throw new Error('The generator writes other code than this script knows: compare `adapt` with what it writes now.')
  }
  return adapted
}
