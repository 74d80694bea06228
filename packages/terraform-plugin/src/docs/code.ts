/** A block of code that no text of its own ends: its fence is longer than any inside. */
export function codeBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text.trimEnd()}\n${fence}\n`
}

/** Code within a line. */
export function codeSpan(text: string): string {
  const run = longestRun(text)
  if (run === 0) return `\`${text}\``
  const mark = '`'.repeat(run + 1)
  return `${mark} ${text} ${mark}`
}

const longestRun = (text: string) => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
