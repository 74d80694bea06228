/** Of a line, as it is written and with its entities: longer ones hide the others. */
const LONGEST_LINE = 1_000
const LONGEST_ESCAPED = 3_000
/** What the lists of a comment may take each. */
const LONGEST_LIST = 7_000

/** Text on one line of Markdown, in which nothing makes a link, a heading, emphasis, an element of HTML, or a mention of anyone. */
export function inline(text: string): string {
  const line = oneLine(text).trim()
  const escaped = literal(cut(line, LONGEST_LINE))
  // One character takes up to twelve.
  return escaped.length > LONGEST_ESCAPED ? literal(cut(line, LONGEST_ESCAPED / 12)) : escaped
}

const cut = (text: string, longest: number) =>
  text.length > longest ? `${text.slice(0, longest)} ... (cut here)` : text

const literal = (text: string) =>
  text
    .replace(/[\\`*_[\]<>!&|~$@#]/g, entity)
    // GitHub looks for mentions and references once entities are text again: they end at a space without width.
    .replace(/&#(?:35|64);/g, '$&&#8203;')
    .replace(/:(?=\/\/)|(?<=www)\./gi, entity)
    // What would begin a list, or underline a heading.
    .replace(/^[-+=]|(?<=^\d+)[.)]/, entity)

const entity = (character: string) => `&#${character.codePointAt(0)};`

/** Text as code, which may hold anything. */
export const codeSpan = (text: string) => `\`${cut(oneLine(text), LONGEST_LINE).replaceAll('`', "'")}\``

/** Without what would begin another line, in Markdown or in the log of a job, or change the order of what is read. */
export const oneLine = (text: string) => visible(text.replace(/\p{Cc}+/gu, ' '))

const visible = (text: string) =>
  text.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)

/** A line for each item, as many as a comment can hold. What is beyond costs nothing. */
export function asMany<T>(items: readonly T[], write: (item: T) => string): string[] {
  const lines: string[] = []
  let length = 0
  for (const [index, item] of items.entries()) {
    const line = write(item)
    length += line.length + 1
    if (length > LONGEST_LIST) {
      return [...lines, '', `... and ${items.length - index} more lines, which the log of the job has.`]
    }
    lines.push(line)
  }
  return lines
}

/** A block of code that holds text of up to so many characters. */
export function fenced(text: string, longest: number): string[] {
  const readable = text.replace(/[^\n]+/g, visible).replace(/`{20,}/g, (run) => run.slice(0, 20))
  const shown = readable.length > longest ? `${readable.slice(0, longest)}\n... (cut here)` : readable.trim()
  // A fence is longer than any run of backticks in what it holds.
  const run = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([one]) => one.length))
  const fence = '`'.repeat(run + 1)
  return [`${fence}text`, shown, fence]
}
