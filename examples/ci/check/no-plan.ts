import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { changedCode } from './changed-files.ts'
import { commentWithoutPlan } from './comment.ts'

// node check/no-plan.ts COMMENT.md [--refusal REFUSAL.txt] [--changed CHANGED.txt]
// Writes the comment for a pull request that was refused before there was a plan. A file that does not exist says nothing. It needs
// nothing that npm installs, since the installation may be what failed.
const options = { refusal: { type: 'string' }, changed: { type: 'string' } } as const
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const [commentFile] = positionals
if (commentFile === undefined) {
  console.error('Usage: node check/no-plan.ts COMMENT.md [--refusal REFUSAL.txt] [--changed CHANGED.txt]')
  process.exit(2)
}
const read = (file: string | undefined) => (file === undefined || !existsSync(file) ? '' : readFileSync(file, 'utf8'))
writeFileSync(commentFile, commentWithoutPlan(read(values.refusal), changedCode(read(values.changed))))
