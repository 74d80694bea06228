import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Provider } from '../provider/provider.ts'
import { documentationPages } from './pages.ts'

const usage = `Usage: terraform-plugin docs [MODULE] [--examples FOLDER] [--out FOLDER] [--check]

Writes the documentation of a provider for the Terraform Registry, in the layout of tfplugindocs.

  MODULE             Module with the provider as its default export. Default: provider.ts, src/provider.ts, provider.js
                     or src/provider.js, whichever exists.
  --examples FOLDER  Examples by the names of tfplugindocs, such as resources/NAME/resource.tf. Default: examples.
  --out FOLDER       Where pages are written. Pages of what the provider no longer has are removed; guides stay.
                     Default: docs.
  --check            Writes nothing, and fails where a page is missing, out of date or left over.
`

interface Output {
  write(text: string): unknown
}

/** The command line; answers the exit code. */
export async function main(args: readonly string[], out: Output, err: Output): Promise<number> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    err.write(`${(error as Error).message}\n\n${usage}`)
    return 2
  }
  const { values, positionals } = parsed
  if (values.help) {
    out.write(usage)
    return 0
  }
  const [command, module, ...rest] = positionals
  if (command !== 'docs' || rest.length > 0) {
    err.write(`Found "${positionals.join(' ')}", expected the command "docs".\n\n${usage}`)
    return 2
  }
  try {
    const provider = await loadProvider(module)
    const pages = documentationPages(provider, examplesOf(resolve(values.examples)))
    return await (values.check ? check : write)(resolve(values.out), pages, out, err)
  } catch (error) {
    err.write(`${(error as Error).message}\n`)
    return 1
  }
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      examples: { type: 'string', default: 'examples' },
      out: { type: 'string', default: 'docs' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })

const MODULES = ['provider.ts', 'src/provider.ts', 'provider.js', 'src/provider.js']

async function loadProvider(module = MODULES.find((file) => existsSync(file))): Promise<Provider> {
  if (module === undefined)
    throw new Error(`None of ${MODULES.join(', ')} exists here. Name the module of the provider.`)
  const loaded = (await import(pathToFileURL(resolve(module)).href)) as { readonly default?: Partial<Provider> }
  if (!loaded.default?.definition) {
    throw new Error(`${module} has no provider as its default export, expected what define.provider() returns.`)
  }
  return loaded.default as Provider
}

const examplesOf = (folder: string) => (path: string) => {
  const file = join(folder, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** The folders that hold generated pages only. */
const FOLDERS = ['resources', 'data-sources', 'ephemeral-resources', 'list-resources', 'actions', 'functions']

/** The pages that are in a folder already, of those that this command writes. */
async function existingPages(out: string): Promise<string[]> {
  const found = existsSync(join(out, 'index.md')) ? ['index.md'] : []
  for (const folder of FOLDERS) {
    const files = await readdir(join(out, folder)).catch(() => [])
    found.push(...files.filter((file) => file.endsWith('.md')).map((file) => `${folder}/${file}`))
  }
  return found
}

async function write(folder: string, pages: ReadonlyMap<string, string>, out: Output): Promise<number> {
  for (const path of await existingPages(folder)) if (!pages.has(path)) await rm(join(folder, path))
  for (const [path, text] of pages) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  out.write(`Wrote ${pages.size} pages to ${folder}\n`)
  return 0
}

async function check(folder: string, pages: ReadonlyMap<string, string>, out: Output, err: Output): Promise<number> {
  const problems: string[] = []
  for (const [path, text] of pages) {
    const found = await readFile(join(folder, path), 'utf8').catch(() => undefined)
    if (found === undefined) problems.push(`${path} is missing`)
    else if (found.replaceAll('\r\n', '\n') !== text) problems.push(`${path} is out of date`)
  }
  for (const path of await existingPages(folder)) if (!pages.has(path)) problems.push(`${path} is left over`)
  if (problems.length === 0) {
    out.write(`${pages.size} pages are up to date.\n`)
    return 0
  }
  err.write(`${problems.join('\n')}\nRun "terraform-plugin docs" to write the pages.\n`)
  return 1
}
