import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Application, LogLevel, type ProjectReflection, type TypeDocOptions } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
import { slug } from './slug.ts'

/** Packages whose exports have pages. Constructs have `API.md`; the provider and the programs are used in other ways. */
const packages = ['client', 'dns', 'records', 'reports', 'terraform-plugin']

/** Described by other pages: the contract by those of the HTTP API. */
const elsewhere = new Set(['client/contract'])

const folder = 'reference/types'
const scope = '@dmarc-as-code/'

interface EntryPoint {
  /** As it is imported, without the scope: `records/reasons`. */
  readonly name: string
  /** The file, absolute. */
  readonly file: string
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** The pages of what the packages export, by path without `.md`: one for each path that can be imported. */
export async function typePages(root: string): Promise<Map<string, string>> {
  const entryPoints = await entryPointsOf(root)
  const target = await mkdtemp(join(tmpdir(), 'docs-types-'))
  try {
    const options: Partial<TypeDocOptions & PluginOptions> = {
      plugin: ['typedoc-plugin-markdown'],
      entryPoints: entryPoints.map(({ file }) => file),
      tsconfig: join(root, 'docs/tsconfig.types.json'),
      basePath: root,
      out: target,
      logLevel: LogLevel.Error,
      // Each package's own check has looked for errors of types.
      skipErrorChecking: true,
      readme: 'none',
      excludeExternals: true,
      excludeInternal: true,
      excludePrivate: true,
      disableSources: true,
      hideBreadcrumbs: true,
      hidePageHeader: true,
      outputFileStrategy: 'modules',
      parametersFormat: 'table',
      interfacePropertiesFormat: 'table',
      typeAliasPropertiesFormat: 'table',
      typeDeclarationFormat: 'table',
      pageTitleTemplates: { module: ({ name }) => scope + name },
    }
    const app = await Application.bootstrapWithPlugins(options as Partial<TypeDocOptions>)
    const project = await app.convert()
    if (project === undefined) throw new Error('TypeDoc could not read the exports of the packages.')
    nameAsImported(project, entryPoints, root)
    await app.generateOutputs(project)
    if (app.logger.hasErrors()) throw new Error('TypeDoc could not write the pages of the exports.')
    return await pagesIn(target, entryPoints)
  } finally {
    await rm(target, { recursive: true, force: true })
  }
}

/** The same pages with their titles: for the sidebar. */
export async function typeTitles(root: string): Promise<[path: string, title: string][]> {
  return (await entryPointsOf(root)).map(({ name }) => [`${folder}/${name}`, scope + name])
}

async function entryPointsOf(root: string): Promise<EntryPoint[]> {
  const found: EntryPoint[] = []
  for (const name of packages) {
    const at = join(root, 'packages', name)
    const manifest = JSON.parse(await readFile(join(at, 'package.json'), 'utf8')) as Manifest
    for (const [path, target] of Object.entries(manifest.exports)) {
      const entry = name + path.slice(1)
      const file = typeof target === 'string' ? target : target[`${scope}source`]
      if (file?.endsWith('.ts') && !elsewhere.has(entry)) found.push({ name: entry, file: join(at, file) })
    }
  }
  return found
}

/** TypeDoc names modules by their files, which nobody imports. */
function nameAsImported(project: ProjectReflection, entryPoints: readonly EntryPoint[], root: string): void {
  const names = new Map(
    entryPoints.map(({ name, file }) => [relative(root, file).replace(/(\/index)?\.ts$/, ''), name] as const),
  )
  for (const module of project.children ?? []) {
    const name = names.get(module.name)
    if (name === undefined) throw new Error(`No package exports the module ${module.name}.`)
    names.delete(module.name)
    module.name = name
  }
  if (names.size > 0) throw new Error(`TypeDoc did not read ${[...names.values()].join(', ')}.`)
}

async function pagesIn(target: string, entryPoints: readonly EntryPoint[]): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  for (const file of (await readdir(target, { recursive: true })).filter((name) => name.endsWith('.md'))) {
    const page = file.replace(/\.md$/, '')
    if (page === 'README') continue
    pages.set(`${folder}/${page}`, asPage(await readFile(join(target, file), 'utf8')))
  }
  const rows = entryPoints.map(({ name }) => `- [${scope}${name}](/${folder}/${name})`)
  pages.set(
    `${folder}/index`,
    `# Exports of the packages\n\nWhat each path exports, from the types and their comments.\n\n${rows.join('\n')}\n`,
  )
  return pages
}

/**
 * The site shows tags as text, so rows of tables have no anchors here. TypeDoc also counts some headings that it does
 * not write; links to what is not there lead to the heading of the same name, or are text.
 */
function asPage(markdown: string): string {
  const anchors = anchorsOf(markdown)
  return markdown
    .replace(/<a id="[^"]*"><\/a> /g, '')
    .replace(/\[([^[\]]+)\]\(#([\w-]+)\)/g, (link, words: string, anchor: string) => {
      if (anchors.has(anchor)) return link
      const first = anchor.replace(/-\d+$/, '')
      return anchors.has(first) ? `[${words}](#${first})` : words
    })
}

/** The anchors of all headings; a repeated heading has a number. */
function anchorsOf(markdown: string): Set<string> {
  const counts = new Map<string, number>()
  return new Set(
    [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => {
      const anchor = slug(title)
      const count = counts.get(anchor) ?? 0
      counts.set(anchor, count + 1)
      return count === 0 ? anchor : `${anchor}-${count}`
    }),
  )
}
