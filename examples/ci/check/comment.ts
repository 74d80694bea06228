import type { Diagnostic } from './diagnostics.ts'
import { asMany, codeSpan, fenced, inline } from './markdown.ts'
import type { Plan, ResourceChange } from './plan.ts'

/** GitHub takes comments of up to 65,536 characters. */
const LONGEST_COMMENT = 65_000

export interface Findings {
  readonly weaker: readonly string[]
  /** Less than before, too, but nothing that takes consent. */
  readonly shown?: readonly string[]
  /** What could not be compared with what is live. */
  readonly unread?: readonly string[]
  /** What reports say of each policy that is tightened. */
  readonly evidence?: readonly string[]
  /** Of the plan; `lost` where they could not be read. */
  readonly warnings?: readonly Diagnostic[] | 'lost'
  /** The label allows it. */
  readonly allowed: boolean
  /** Files of the pull request that are code, which the plan does not contain. */
  readonly code?: readonly string[]
  /** The label says that they were reviewed. */
  readonly reviewed?: boolean
  /** The plan as Terraform prints it. */
  readonly text?: string | undefined
}

/** The comment for the pull request, in Markdown. */
export function comment(plan: Plan, findings: Findings): string {
  const {
    weaker,
    shown = [],
    unread = [],
    evidence = [],
    warnings,
    allowed,
    code = [],
    reviewed = false,
    text,
  } = findings
  const changes = (plan.resource_changes ?? []).filter(({ change }) => !/^(no-op|read)$/.test(change.actions.join()))
  const verdict = allowed
    ? '**Protection is weakened**, which the label `weaken-policy` allows:'
    : '**Protection would be weakened.** If that is wanted, add the label `weaken-policy`:'
  const lines = [
    '## Mail domains',
    '',
    ...listed(verdict, weaker, inline),
    ...listed('Also changed:', shown, inline),
    ...listed('**Not compared**, so look yourself:', unread, inline),
    ...listed(codeVerdict(reviewed), code, codeSpan),
    ...listed('A policy is tightened. By the reports:', evidence, inline),
    ...(warnings === 'lost' ? ['**The warnings of the plan could not be read.**', ''] : warned(warnings ?? [])),
    ...(changes.length > 0 ? ['| change | resource |', '| --- | --- |', ...asMany(changes, row)] : ['No changes.']),
    '',
  ]
  if (changes.length === 0 || !text) return lines.join('\n')
  return [...lines, ...folded(text, LONGEST_COMMENT - lines.join('\n').length), ''].join('\n')
}

/** A list beneath what it is about; nothing where it is empty. */
const listed = (title: string, items: readonly string[], write: (item: string) => string) =>
  items.length > 0 ? [title, '', ...asMany(items, (item) => `- ${write(item)}`), ''] : []

/** Warnings in the words of the provider, each with its details beneath. */
function warned(warnings: readonly Diagnostic[]): string[] {
  if (warnings.length === 0) return []
  const lines = warnings.flatMap(({ summary, detail }) => [
    { indent: '', text: summary },
    ...detail
      .split('\n')
      .map((line) => line.replace(/^\s*-\s/, '').trim())
      .filter((line) => line !== '')
      .map((text) => ({ indent: '  ', text })),
  ])
  const names = warnings.some(({ detail }) => detail.includes('`accept_risk`'))
    ? ['In `domains.yaml`, `accept_risk` is called `acceptRisk`.', '']
    : []
  const written = asMany(lines, ({ indent, text }) => `${indent}- ${inline(text)}`)
  return ['Warnings of the plan:', '', ...written, '', ...names]
}

/** The comment where there is no plan to judge: what was refused, in the words of the synthesis or of Terraform. */
export function commentWithoutPlan(refusal: string, code: readonly string[] = []): string {
  const why = withoutStack(refusal)
  return [
    '## Mail domains',
    '',
    '**There is no plan, so this cannot be merged.**',
    '',
    ...(why === '' ? ['The log of the job says why.'] : fenced(why, LONGEST_COMMENT / 2)),
    '',
    ...(why.includes('`allow_weaker`') ? ['In `domains.yaml`, `allow_weaker` is called `allowWeaker`.', ''] : []),
    ...listed('Code is changed as well, which this check does not run:', code, codeSpan),
  ].join('\n')
}

/** What Node prints of an error, without where in the code it was thrown. */
function withoutStack(text: string): string {
  const lines = text.replace(/[^\P{Cc}\n]/gu, '').split('\n')
  const start = Math.max(
    0,
    lines.findIndex((line) => /^(\w*Error: |[╷│])/.test(line)),
  )
  return lines
    .slice(start)
    .filter((line) => !/^ {4}at |^Node\.js v/.test(line))
    .join('\n')
    .trim()
}

const codeVerdict = (reviewed: boolean) =>
  reviewed
    ? '**Code is changed**, which the label `code-reviewed` allows. The plan below is without it:'
    : '**Code is changed.** The plan below is without it. Review it, then add the label `code-reviewed`:'

function row({ address, change }: ResourceChange): string {
  return `| ${change.actions.join(', then ')} | \`${address}\` |`
}

const folded = (text: string, longest: number) => [
  '<details><summary>The plan</summary>',
  '',
  ...fenced(text, longest),
  '',
  '</details>',
]
