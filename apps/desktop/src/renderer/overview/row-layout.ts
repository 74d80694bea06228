import type { DomainGroup } from '../../shared/groups.ts'
import type { DomainSummary } from '../../shared/model.ts'

/** One row of the list. A domain with two tags has two rows when the list is grouped by tag. */
export interface ListRow {
  /** Known by its group, too; the same over redraws. */
  readonly id: string
  readonly domain: DomainSummary
  /** Its place among all rows, from 0. */
  readonly index: number
  /** Pixels from the top of its group. */
  readonly top: number
}

export interface ListSection {
  readonly group: DomainGroup
  readonly rows: readonly ListRow[]
  /** Pixels from the top of the list, and how many it takes. */
  readonly top: number
  readonly height: number
}

export interface ListLayout {
  readonly sections: readonly ListSection[]
  readonly rows: readonly ListRow[]
  readonly height: number
  readonly rowHeight: number
}

/** Where every heading and row stands. Rows have one height, so nothing has to be drawn to know it. */
export function layOut(groups: readonly DomainGroup[], rowHeight: number, headingHeight: number): ListLayout {
  const rows: ListRow[] = []
  const sections: ListSection[] = []
  let top = 0
  for (const group of groups) {
    const own = group.domains.map((domain, index) => ({
      id: `${group.id}\u0000${domain.key}`,
      domain,
      index: rows.length + index,
      top: headingHeight + index * rowHeight,
    }))
    for (const row of own) rows.push(row)
    const height = headingHeight + own.length * rowHeight
    sections.push({ group, rows: own, top, height })
    top += height
  }
  return { sections, rows, height: top, rowHeight }
}

/** Pixels from the top of the list. */
export interface Span {
  readonly top: number
  readonly bottom: number
}

/** The sections of which something is within the span, each with its rows there, and with `kept` wherever that stands. */
export function within(layout: ListLayout, { top, bottom }: Span, kept?: string): ListSection[] {
  const { rowHeight } = layout
  return layout.sections.flatMap((section) => {
    const isSeen = section.top < bottom && section.top + section.height > top
    const begins = section.rows[0]?.top ?? 0
    const from = Math.max(0, Math.floor((top - section.top - begins) / rowHeight))
    const to = Math.ceil((bottom - section.top - begins) / rowHeight)
    const rows = isSeen ? section.rows.slice(from, Math.max(from, to)) : []
    const far =
      kept === undefined || rows.some(({ id }) => id === kept) ? undefined : section.rows.find(({ id }) => id === kept)
    return isSeen || far ? [{ ...section, rows: far ? [...rows, far] : rows }] : []
  })
}

/** Where a row stands in the whole list. */
export function spanOf(layout: ListLayout, row: ListRow): Span {
  const section = layout.sections.findLast(({ rows }) => (rows[0]?.index ?? 0) <= row.index)
  const top = (section?.top ?? 0) + row.top
  return { top, bottom: top + layout.rowHeight }
}
