import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pages } from './pages.ts'

// `npm run docs`: regenerates the registry's documentation pages.
const docs = join(import.meta.dirname, '../../docs')
await rm(docs, { recursive: true, force: true })
for (const [path, text] of pages()) {
  await mkdir(dirname(join(docs, path)), { recursive: true })
  await writeFile(join(docs, path), text)
}
