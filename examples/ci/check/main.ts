import { readFileSync, writeFileSync } from 'node:fs'
import { comment } from './comment.ts'
import type { Plan } from './plan.ts'
import { weakenings } from './weakenings.ts'

// node check/main.ts PLAN.json COMMENT.md [PLAN.txt]
// Writes the comment for the pull request. Exit code 1 when a protection would be weakened and ALLOW_WEAKER is not "true".
const [planFile, commentFile, textFile] = process.argv.slice(2)
if (planFile === undefined || commentFile === undefined) {
  console.error('Usage: node check/main.ts PLAN.json COMMENT.md [PLAN.txt]')
  process.exit(2)
}
const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan
const weaker = weakenings(plan)
const allowed = process.env.ALLOW_WEAKER === 'true'
const text = textFile === undefined ? undefined : readFileSync(textFile, 'utf8')
writeFileSync(commentFile, comment(plan, { weaker, allowed, text }))
for (const line of weaker) console.log(`${allowed ? 'allowed' : 'refused'}: ${line}`)
process.exit(weaker.length > 0 && !allowed ? 1 : 0)
