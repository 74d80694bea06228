import { printable } from '@dmarc-as-code/records/words'

export interface TextTableOptions {
  /** A line of dashes under the header. @default false */
  rule?: boolean | undefined
}

/**
 * The lines of a table: a header, then the rows, with columns as wide as their widest cell and no spaces at the end of a
 * line. Cells may come from outside (the DNS, a service), so hidden characters are made visible.
 */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  options: TextTableOptions = {},
): string[] {
  const cells = [header, ...rows].map((row) => row.map(printable))
  const columns = Math.max(...cells.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...cells.map((row) => width(row[column]))))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd()
  const [first = [], ...others] = cells
  return [line(first), ...(options.rule ? [line(widths.map((each) => '-'.repeat(each)))] : []), ...others.map(line)]
}

const combining = /\p{M}/u
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u

/** Columns of a terminal that a text takes. */
function width(text = ''): number {
  return Array.from(text).reduce((sum, each) => sum + (combining.test(each) ? 0 : wide.test(each) ? 2 : 1), 0)
}
