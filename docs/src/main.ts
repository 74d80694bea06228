import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { assemble } from './assemble.ts'
import { codeTitles } from './codes.ts'
import { type ApiDocument, httpApiPages, httpApiTitles } from './http-api.ts'
import { typePages, typeTitles } from './types.ts'

// `npm run docs` writes docs/.assembled, which VitePress builds or serves.
const root = join(import.meta.dirname, '../..')
const target = join(root, 'docs/.assembled')

rmSync(target, { recursive: true, force: true })
const { pages, pictures } = assemble(root)
const api = await apiDocument()
for (const [path, text] of [...httpApiPages(api), ...(await typePages(root))]) pages.set(`${path}.md`, text)
for (const [path, text] of pages) {
  mkdirSync(dirname(join(target, path)), { recursive: true })
  writeFileSync(join(target, path), text)
}
// The configuration of VitePress cannot import packages by their sources.
const titles = { codes: codeTitles, httpApi: httpApiTitles(api), types: await typeTitles(root) }
writeFileSync(join(target, 'titles.json'), JSON.stringify(titles))
for (const [path, file] of pictures) {
  mkdirSync(dirname(join(target, 'public', path)), { recursive: true })
  cpSync(file, join(target, 'public', path))
}

/** What a running server says of itself. */
async function apiDocument(): Promise<ApiDocument> {
  const sandbox = await createSandbox()
  try {
    const answer = await fetch(`${sandbox.apiUrl}/openapi.json`, { signal: AbortSignal.timeout(30_000) })
    return (await answer.json()) as ApiDocument
  } finally {
    await sandbox.close()
  }
}
