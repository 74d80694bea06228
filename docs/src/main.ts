import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { assemble } from './assemble.ts'
import { codeTitles } from './codes.ts'

// `npm run docs` writes docs/.assembled, which VitePress builds or serves.
const root = join(import.meta.dirname, '../..')
const target = join(root, 'docs/.assembled')

rmSync(target, { recursive: true, force: true })
const { pages, pictures } = assemble(root)
for (const [path, text] of pages) {
  mkdirSync(dirname(join(target, path)), { recursive: true })
  writeFileSync(join(target, path), text)
}
// The configuration of VitePress cannot import packages by their sources.
writeFileSync(join(target, 'codes.json'), JSON.stringify(codeTitles))
for (const [path, file] of pictures) {
  mkdirSync(dirname(join(target, 'public', path)), { recursive: true })
  cpSync(file, join(target, 'public', path))
}
