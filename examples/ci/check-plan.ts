import { readFileSync, writeFileSync } from 'node:fs'
import { type Plan, type ResourceChange, weakenings } from './weakenings.ts'

// node check-plan.ts PLAN.json COMMENT.md
// Writes the comment for the pull request. Exit code 1 when a protection would be weakened and ALLOW_WEAKER is not "true".
const [planFile, commentFile] = process.argv.slice(2)
if (planFile === undefined || commentFile === undefined) {
  console.error('Usage: node check-plan.ts PLAN.json COMMENT.md')
  process.exit(2)
}
const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan
const weaker = weakenings(plan)
const allowed = process.env.ALLOW_WEAKER === 'true'
writeFileSync(commentFile, comment(plan, weaker, allowed))
for (const line of weaker) console.log(`${allowed ? 'allowed' : 'refused'}: ${line}`)
process.exit(weaker.length > 0 && !allowed ? 1 : 0)

function comment(plan: Plan, weaker: readonly string[], allowed: boolean): string {
  const changes = (plan.resource_changes ?? []).filter(({ change }) => !/^(no-op|read)$/.test(change.actions.join()))
  const verdict = allowed
    ? '**Protection is weakened**, which the label `weaken-policy` allows:'
    : '**Protection would be weakened.** If that is wanted, add the label `weaken-policy`:'
  return [
    '## Mail domains',
    '',
    ...(weaker.length > 0 ? [verdict, '', ...weaker.map((line) => `- ${line}`), ''] : []),
    ...(changes.length > 0 ? ['| change | resource |', '| --- | --- |', ...changes.map(row)] : ['No changes.']),
    '',
  ].join('\n')
}

function row({ address, change }: ResourceChange): string {
  return `| ${change.actions.join(', then ')} | \`${address}\` |`
}
