import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { changedCode } from './changed-files.ts'
import { comment, oneLine } from './comment.ts'
import { together } from './effect.ts'
import { lookAtMail } from './live.ts'
import { liveLosses } from './live-losses.ts'
import type { Plan } from './plan.ts'
import { weakenings } from './weakenings.ts'

// node check/main.ts PLAN.json COMMENT.md [--text PLAN.txt] [--changed CHANGED.txt]
// Writes the comment for the pull request. Exit code 1 when a protection would be weakened and ALLOW_WEAKER is not "true", or
// when code was changed and CODE_REVIEWED is not "true"; 2 when called wrongly.
const options = { text: { type: 'string' }, changed: { type: 'string' } } as const
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const [planFile, commentFile] = positionals
if (planFile === undefined || commentFile === undefined) {
  console.error('Usage: node check/main.ts PLAN.json COMMENT.md [--text PLAN.txt] [--changed CHANGED.txt]')
  process.exit(2)
}
const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file, 'utf8'))
const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan
const { refused: weaker, shown, unread } = together([weakenings(plan), await liveLosses(plan, lookAtMail(process.env))])
const code = changedCode(read(values.changed) ?? '')
const allowed = process.env.ALLOW_WEAKER === 'true'
const reviewed = process.env.CODE_REVIEWED === 'true'
writeFileSync(commentFile, comment(plan, { weaker, shown, unread, allowed, code, reviewed, text: read(values.text) }))
const print = (verdict: string, line: string) => console.log(`${verdict}: ${oneLine(line)}`)
for (const line of weaker) print(allowed ? 'allowed' : 'refused', line)
for (const line of shown) print('shown', line)
for (const line of unread) print('not compared', line)
for (const file of code) console.log(`${reviewed ? 'allowed' : 'refused'}: ${JSON.stringify(file)} is changed`)
process.exit((weaker.length > 0 && !allowed) || (code.length > 0 && !reviewed) ? 1 : 0)
