import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { changedCode } from './changed-files.ts'
import { comment } from './comment.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { together } from './effect.ts'
import { evidenceLines } from './evidence.ts'
import { lookAtMail } from './live.ts'
import { liveLosses } from './live-losses.ts'
import { oneLine } from './markdown.ts'
import type { Plan } from './plan.ts'
import { askService } from './service.ts'
import { weakenings } from './weakenings.ts'

// node check/main.ts PLAN.json COMMENT.md [--text PLAN.txt] [--diagnostics PLANNED.jsonl] [--changed CHANGED.txt]
// Writes the comment for the pull request. Exit code 1 when a protection would be weakened and ALLOW_WEAKER is not "true", or
// when code was changed and CODE_REVIEWED is not "true"; 2 when called wrongly. PLANNED.jsonl is what `terraform plan -json` prints.
const options = { text: { type: 'string' }, diagnostics: { type: 'string' }, changed: { type: 'string' } } as const
const { values, positionals } = parseArgs({ options, allowPositionals: true })
const [planFile, commentFile] = positionals
if (planFile === undefined || commentFile === undefined) {
  console.error(
    'Usage: node check/main.ts PLAN.json COMMENT.md [--text PLAN.txt] [--diagnostics PLANNED.jsonl] [--changed CHANGED.txt]',
  )
  process.exit(2)
}
const EVIDENCE_DEADLINE_MS = 2 * 60_000
const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file, 'utf8'))
const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan
const { refused: weaker, shown, unread } = together([weakenings(plan), await liveLosses(plan, lookAtMail(process.env))])
const planned = read(values.diagnostics)
const diagnostics = planned === undefined ? [] : diagnosticsOf(planned)
const warnings = diagnostics?.filter(({ severity }) => severity === 'warning')
const evidence =
  planned === undefined
    ? []
    : await evidenceLines(plan, warnings ?? [], askService(process.env), AbortSignal.timeout(EVIDENCE_DEADLINE_MS))
const code = changedCode(read(values.changed) ?? '')
const allowed = process.env.ALLOW_WEAKER === 'true'
const reviewed = process.env.CODE_REVIEWED === 'true'
const text = read(values.text)
writeFileSync(
  commentFile,
  comment(plan, { weaker, shown, unread, evidence, warnings: warnings ?? 'lost', allowed, code, reviewed, text }),
)
const print = (verdict: string, line: string) => console.log(`${verdict}: ${oneLine(line)}`)
for (const line of weaker) print(allowed ? 'allowed' : 'refused', line)
for (const line of shown) print('shown', line)
for (const line of unread) print('not compared', line)
for (const line of evidence) print('evidence', line)
for (const { summary, detail } of warnings ?? []) print('warning', `${summary}: ${detail}`)
for (const file of code) console.log(`${reviewed ? 'allowed' : 'refused'}: ${JSON.stringify(file)} is changed`)
process.exit((weaker.length > 0 && !allowed) || (code.length > 0 && !reviewed) ? 1 : 0)
