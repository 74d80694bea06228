import { posix } from 'node:path'

const repository = 'https://github.com/dmarc-as-code/dmarc-as-code'
const onGitHub = new RegExp(`^${repository}/(?:blob|tree)/main/([^#]*)(#.*)?$`)

export interface RewriteOptions {
  /** Path of the document in the repository. */
  source: string
  /** The page of a path of the repository, without `.md`; undefined where it is none. */
  pageOf: (path: string) => string | undefined
  /** Called with the path of each picture; answers where the site has it. */
  picture: (path: string) => string
}

/** Turns links to documents that are pages into links between pages, and all others into links to the repository. */
export function rewriteLinks(markdown: string, { source, pageOf, picture }: RewriteOptions): string {
  return outsideOfCode(markdown, (text) =>
    text.replaceAll(
      /(!?)\[((?:[^[\]]|\[[^\]]*\]|!\[[^\]]*\]\([^)]*\))*)\]\(([^)\s]+)\)/g,
      (whole, mark, words, target) => {
        const [path, anchor] = pathOf(target, source)
        if (path === undefined) return whole
        if (mark === '!') return `![${words}](${picture(path)})`
        const page = pageOf(path)
        const link = page === undefined ? `${repository}/blob/main/${path}` : `/${page.replace(/(^|\/)index$/, '$1')}`
        // What GitHub and npm call the beginning of a README.
        return `[${words}](${link}${anchor === '#readme' ? '' : anchor})`
      },
    ),
  )
}

function pathOf(target: string, source: string): [path: string | undefined, anchor: string] {
  const [, own, ownAnchor = ''] = onGitHub.exec(target) ?? []
  if (own !== undefined) return [own.replace(/\/$/, ''), ownAnchor]
  if (/^(?:[a-z][a-z+.-]*:|#|\/)/i.test(target)) return [undefined, '']
  const [path = '', anchor] = target.split('#')
  const full = posix.normalize(posix.join(posix.dirname(source), path)).replace(/\/$/, '')
  return [full, anchor === undefined ? '' : `#${anchor}`]
}

/** Blocks of code are shown as they are. */
function outsideOfCode(markdown: string, change: (text: string) => string): string {
  return markdown
    .split(/(^ *```[\s\S]*?^ *```$)/m)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('')
}
