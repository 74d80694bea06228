import { parseDomainName } from '@dmarc-as-code/records'
import { findingText } from './messages/finding-text.ts'
import type { Problem } from './problems.ts'

/** What became of one domain that was to be added. */
export interface AddedDomain {
  readonly address: string
  readonly key?: string
  readonly problem?: Problem
}

/** One line of a pasted list or a CSV file. */
export interface NewLine {
  readonly text: string
  /** A-labels; undefined where the line is no domain. */
  readonly address?: string
  /** Why it is none. */
  readonly problem?: string
  readonly parked: boolean
}

/**
 * Reads domains from a pasted list or a CSV file: one per line, or the first column. Further columns may say `parked`. Empty
 * lines, comments and a heading are left out, and so is what comes twice.
 */
export function readDomainList(text: string): NewLine[] {
  const seen = new Set<string>()
  return text.split(/\r?\n/).flatMap((line, index): NewLine[] => {
    const [first = '', ...rest] = cells(line)
    if (first === '' || first.startsWith('#')) return []
    const name = parseDomainName(first)
    // A heading has no dot, and stands first.
    if (!name.ok && index === 0 && !first.includes('.')) return []
    const parked = rest.some((cell) => /^(parked|true|yes|1)$/i.test(cell))
    if (!name.ok) return [{ text: first, problem: findingText(name.finding), parked }]
    if (seen.has(name.ascii)) return []
    seen.add(name.ascii)
    return [{ text: first, address: name.ascii, parked }]
  })
}

/** The cells of a line of CSV: separated by comma, semicolon or tab, quoted where they contain one. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|[,;\t])\s*("(?:[^"]|"")*"|[^,;\t]*)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"').trim() : cell.trim(),
  )
}
