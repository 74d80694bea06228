import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { changedCode } from './changed-files.ts'
import { commentWithoutPlan } from './comment.ts'
import { diagnosticsOf, errorsText } from './diagnostics.ts'
import { oneLine } from './markdown.ts'

// node check/no-plan.ts COMMENT.md [--refusal REFUSAL.txt] [--diagnostics PLANNED.jsonl] [--changed CHANGED.txt]
// Writes the comment for a pull request that was refused before there was a plan, and prints why Terraform refused it. A file that
// does not exist says nothing. It needs nothing that npm installs, since the installation may be what failed.
const options = { refusal: { type: 'string' }, diagnostics: { type: 'string' }, changed: { type: 'string' } } as const
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const [commentFile] = positionals
if (commentFile === undefined) {
  console.error(
    'Usage: node check/no-plan.ts COMMENT.md [--refusal REFUSAL.txt] [--diagnostics PLANNED.jsonl] [--changed CHANGED.txt]',
  )
  process.exit(2)
}
const read = (file: string | undefined) => (file === undefined || !existsSync(file) ? '' : readFileSync(file, 'utf8'))
const errors = errorsText(diagnosticsOf(read(values.diagnostics)) ?? [])
// With a word in front, no line is a command to the runner.
for (const line of errors.split('\n')) if (line !== '') console.log(`refused: ${oneLine(line)}`)
const refusal = errors || read(values.refusal)
writeFileSync(commentFile, commentWithoutPlan(refusal, changedCode(read(values.changed))))
