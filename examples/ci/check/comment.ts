import type { Plan, ResourceChange } from './plan.ts'

/** GitHub takes comments of up to 65,536 characters. */
const LONGEST_TEXT = 50_000

export interface Findings {
  readonly weaker: readonly string[]
  /** Less than before, too, but nothing that takes consent. */
  readonly shown?: readonly string[]
  /** What could not be compared with what is live. */
  readonly unread?: readonly string[]
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
export function comment(
  plan: Plan,
  { weaker, shown = [], unread = [], allowed, code = [], reviewed = false, text }: Findings,
): string {
  const changes = (plan.resource_changes ?? []).filter(({ change }) => !/^(no-op|read)$/.test(change.actions.join()))
  const verdict = allowed
    ? '**Protection is weakened**, which the label `weaken-policy` allows:'
    : '**Protection would be weakened.** If that is wanted, add the label `weaken-policy`:'
  return [
    '## Mail domains',
    '',
    ...(weaker.length > 0 ? [verdict, '', ...weaker.map((line) => `- ${inline(line)}`), ''] : []),
    ...(shown.length > 0 ? ['Also changed:', '', ...shown.map((line) => `- ${inline(line)}`), ''] : []),
    ...(unread.length > 0
      ? ['**Not compared**, so look yourself:', '', ...unread.map((line) => `- ${inline(line)}`), '']
      : []),
    ...(code.length > 0 ? [codeVerdict(reviewed), '', ...code.map((file) => `- ${codeSpan(file)}`), ''] : []),
    ...(changes.length > 0 ? ['| change | resource |', '| --- | --- |', ...changes.map(row)] : ['No changes.']),
    ...(changes.length > 0 && text ? ['', ...folded(text)] : []),
    '',
  ].join('\n')
}

/** The comment where there is no plan to judge: what was refused, in the words of the synthesis or of Terraform. */
export function commentWithoutPlan(refusal: string, code: readonly string[] = []): string {
  const why = withoutStack(refusal)
  return [
    '## Mail domains',
    '',
    '**There is no plan, so this cannot be merged.**',
    '',
    ...(why === '' ? ['The log of the job says why.'] : fenced(why)),
    '',
    ...(why.includes('`allow_weaker`') ? ['In `domains.yaml`, `allow_weaker` is called `allowWeaker`.', ''] : []),
    ...(code.length > 0
      ? [
          'Code is changed as well, which this check does not run:',
          '',
          ...code.map((file) => `- ${codeSpan(file)}`),
          '',
        ]
      : []),
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

/** Text on one line of Markdown, in which nothing makes a link, an element of HTML, or a mention of anyone. */
const inline = (text: string) =>
  oneLine(text).replace(/[\\`[\]<>@!&|~]/g, (character) => `&#${character.codePointAt(0)};`)

/** The name of a file, which may hold anything but a zero byte. */
const codeSpan = (text: string) => `\`${oneLine(text).replaceAll('`', "'")}\``

/** Without what would begin another line, in Markdown or in the log of a job. */
export const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ')

function row({ address, change }: ResourceChange): string {
  return `| ${change.actions.join(', then ')} | \`${address}\` |`
}

const folded = (text: string) => ['<details><summary>The plan</summary>', '', ...fenced(text), '', '</details>']

function fenced(text: string): string[] {
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}\n... (cut here)` : text.trim()
  // A fence is longer than any run of backticks in what it holds.
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, shown, fence]
}
