import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A block of code in a page of `docs/pages`. */
export interface Block {
  page: string
  language: string
  /** Without the indentation of a list. */
  code: string
}

const folder = join(import.meta.dirname, '../pages')

/** Every block of code in the pages that are written for the site. Those of other documents are tested beside these. */
export function blocks(): Block[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
  return pages.flatMap((page) => {
    const text = readFileSync(join(folder, page), 'utf8')
    return [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].map(
      ([, indent = '', language = '', code = '']) => ({
        page,
        language,
        code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      }),
    )
  })
}
