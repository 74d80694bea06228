import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { codePages } from './codes.ts'
import { figuresPage } from './figures.ts'
import { placed, placedFolders } from './placed.ts'
import { rewriteLinks } from './rewrite-links.ts'

/** Everything that VitePress reads. */
export interface Assembled {
  /** Pages by path, `guides/mta-sts.md`. */
  pages: Map<string, string>
  /** Pictures by path below `public/`, with the file each is a copy of. */
  pictures: Map<string, string>
}

/** Collects the site: the pages of `docs/pages`, the documents that lie beside the code, and a page for each subject of codes. */
export function assemble(root: string): Assembled {
  const pages = new Map<string, string>()
  const pictures = new Map<string, string>()
  const documents = allPlaced(root)
  const pageOf = (path: string) => documents.get(path) ?? documents.get(posix.join(path, 'README.md'))
  const picture = (path: string) => {
    const name = `pictures/${path.replaceAll('/', '-')}`
    pictures.set(name, join(root, path))
    return `/${name}`
  }
  for (const [source, page] of documents) {
    const text = readFileSync(join(root, source), 'utf8')
    pages.set(`${page}.md`, `${editLink(source)}${rewriteLinks(withoutFrontMatter(text), { source, pageOf, picture })}`)
  }
  for (const [page, text] of codePages()) pages.set(`${page}.md`, text)
  pages.set('reference/figures.md', figuresPage(root))
  const own = join(root, 'docs/pages')
  for (const file of markdownOf(own)) {
    const text = readFileSync(join(own, file), 'utf8')
    pages.set(file, rewriteLinks(text, { source: `docs/pages/${file}`, pageOf, picture }))
  }
  return { pages, pictures }
}

/** Where each document of the repository has its page. */
function allPlaced(root: string): Map<string, string> {
  const all = new Map(Object.entries(placed).filter(([source]) => existsSync(join(root, source))))
  for (const [folder, page] of Object.entries(placedFolders)) {
    for (const file of markdownOf(join(root, folder))) {
      all.set(posix.join(folder, file), posix.join(page, file.replace(/\.md$/, '')))
    }
  }
  return all
}

function markdownOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && statSync(join(folder, file)).isFile())
    .sort()
}

/** What registries want in front of a page is not for readers. */
const withoutFrontMatter = (text: string) => text.replace(/^---\n[\s\S]*?\n---\n+/, '')

const editLink = (source: string) => `---\nsource: ${source}\n---\n\n`
