import { type KeyboardEvent, type MouseEvent, memo, Suspense, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type Grouping, groupDomains } from '../../shared/groups.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { Preferences } from '../../shared/preferences.ts'
import { DomainMenu } from '../lazy-parts.ts'
import type { MenuPoint } from './domain-menu.tsx'
import { DomainRow } from './domain-row.tsx'
import { rowAfter, TypeAhead } from './list-keys.ts'
import { type ListRow, layOut, spanOf, within } from './row-layout.ts'
import { useVisibleSpan } from './use-visible-span.ts'

/** Pixels. */
const rowHeights: Record<Preferences['density'], number> = { compact: 32, comfortable: 52 }
const headingHeight = 30
/** Rows that stand ready beyond each end of what is on screen. */
const rowsAhead = 16

interface DomainListProps {
  readonly domains: readonly DomainSummary[]
  readonly grouping: Grouping
  readonly density: Preferences['density']
  readonly current: string | undefined
  readonly onOpen: (key: string) => void
  /** Several are selected for doing something with all of them; undefined while nothing is being selected. */
  readonly selected: ReadonlySet<string> | undefined
  readonly onSelect: (keys: ReadonlySet<string>) => void
}

/**
 * The list of domains. Only the rows on screen exist, so thousands scroll, and open, as quickly as ten; a list box that first
 * makes an element of each takes most of the time until the window can be used.
 */
export function DomainList({ domains, grouping, density, current, onOpen, selected, onSelect }: DomainListProps) {
  const rowHeight = rowHeights[density]
  const layout = useMemo(
    () => layOut(groupDomains(domains, grouping), rowHeight, grouping === 'none' ? 0 : headingHeight),
    [domains, grouping, rowHeight],
  )
  const box = useRef<HTMLDivElement>(null)
  const span = useVisibleSpan(box, rowsAhead * rowHeight)
  const [menu, setMenu] = useState<{ readonly domain: DomainSummary; readonly point: MenuPoint }>()
  const { active, move, moveTo } = useActiveRow(box, layout, current)
  const [typeAhead] = useState(() => new TypeAhead())
  const anchor = useRef<string>(undefined)
  const picking = selected !== undefined
  const sections = useMemo(() => within(layout, span, active?.id), [layout, span, active])

  const choose = (row: ListRow, extends_: boolean) => {
    const { key } = row.domain
    if (!selected) return onOpen(key)
    const from = extends_ ? layout.rows.find(({ id }) => id === anchor.current) : undefined
    if (from) {
      const [first, last] = from.index < row.index ? [from.index, row.index] : [row.index, from.index]
      return onSelect(new Set([...selected, ...layout.rows.slice(first, last + 1).map(({ domain }) => domain.key)]))
    }
    anchor.current = row.id
    const next = new Set(selected)
    if (!next.delete(key)) next.add(key)
    onSelect(next)
  }
  const rowOf = (target: EventTarget) => {
    const id = (target as Element).closest('[role="option"]')?.getAttribute('data-key')
    return layout.rows.find((row) => row.id === id)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = rowAfter(
      event,
      layout.rows,
      active?.index ?? -1,
      Math.floor(event.currentTarget.clientHeight / rowHeight),
    )
    if (next) {
      if (selected && event.shiftKey && active) {
        anchor.current ??= active.id
        choose(next, true)
      }
      moveTo(next)
    } else if (active && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      setMenu({ domain: active.domain, point: below(event.target as Element) })
    } else if (active && (event.key === 'Enter' || event.key === ' ')) {
      choose(active, event.shiftKey)
    } else if (selected && event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      onSelect(new Set(domains.map(({ key }) => key)))
    } else if (selected && selected.size > 0 && event.key === 'Escape') {
      onSelect(new Set())
    } else {
      if (event.key.length === 1 && event.key !== '?' && !event.ctrlKey && !event.metaKey && !event.altKey) {
        const found = typeAhead.next(event.key, event.timeStamp, layout.rows, active?.index ?? -1)
        if (found) moveTo(found)
      }
      return
    }
    event.preventDefault()
  }

  return (
    <div className={`domain-list-frame ${density}`}>
      <div
        ref={box}
        role="listbox"
        aria-label={t('Domains')}
        aria-multiselectable={picking}
        className="domain-list"
        tabIndex={-1}
        onFocus={(event) => {
          // The rows take the focus; whoever comes to the list itself is led to one.
          if (event.target === event.currentTarget) return moveTo(active ?? layout.rows[0])
          const row = rowOf(event.target)
          if (row) move(row)
        }}
        onKeyDown={onKeyDown}
        onClick={(event: MouseEvent) => {
          const row = rowOf(event.target)
          if (!row) return
          move(row)
          choose(row, event.shiftKey)
        }}
        onContextMenu={(event: MouseEvent) => {
          const row = rowOf(event.target)
          if (!row) return
          event.preventDefault()
          setMenu({ domain: row.domain, point: { x: event.clientX, y: event.clientY } })
        }}
      >
        <div role="presentation" className="domain-list-height" style={{ height: layout.height }}>
          {sections.map(({ group, rows, top, height }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is a group of controls; this one is of options
            <div
              key={group.id}
              role="group"
              aria-label={group.title || t('Domains')}
              className="domain-group"
              style={{ top, height }}
            >
              {group.title ? (
                <div role="presentation" className="group-head">
                  <span>{group.title}</span>
                  <span className="count">{group.domains.length}</span>
                </div>
              ) : null}
              {rows.map((row) => (
                <Option
                  key={row.id}
                  row={row}
                  of={layout.rows.length}
                  picking={picking}
                  isSelected={selected ? selected.has(row.domain.key) : row.domain.key === current}
                  isActive={row.id === (active ?? layout.rows[0])?.id}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      {menu ? (
        <Suspense>
          <DomainMenu {...menu} onOpen={onOpen} onClose={() => setMenu(undefined)} />
        </Suspense>
      ) : null}
    </div>
  )
}

interface OptionProps {
  readonly row: ListRow
  readonly of: number
  readonly picking: boolean
  readonly isSelected: boolean
  readonly isActive: boolean
}

/** Drawn again only where something in it is different: a scroll or a key changes one or two of them. */
const Option = memo(
  ({ row, of, picking, isSelected, isActive }: OptionProps) => (
    <div
      role="option"
      aria-selected={isSelected}
      aria-posinset={row.index + 1}
      aria-setsize={of}
      data-key={row.id}
      data-selected={isSelected || undefined}
      tabIndex={isActive ? 0 : -1}
      className="domain-row"
      style={{ top: row.top }}
    >
      <DomainRow domain={row.domain} picking={picking} />
    </div>
  ),
  (before, after) =>
    before.row.domain === after.row.domain &&
    before.row.id === after.row.id &&
    before.row.index === after.row.index &&
    before.row.top === after.row.top &&
    before.of === after.of &&
    before.picking === after.picking &&
    before.isSelected === after.isSelected &&
    before.isActive === after.isActive,
)

/** The row that has the focus, or gets it when somebody comes to the list; it exists also where it is not on screen. */
function useActiveRow(
  box: React.RefObject<HTMLDivElement | null>,
  layout: ReturnType<typeof layOut>,
  current: string | undefined,
) {
  const [id, setId] = useState<string>()
  const takesFocus = useRef(false)
  const [moves, setMoves] = useState(0)
  const active = useMemo(
    () => layout.rows.find((row) => row.id === id) ?? layout.rows.find(({ domain }) => domain.key === current),
    [layout, id, current],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `moves` counts what was asked for, also of the same row
  useLayoutEffect(() => {
    const element = box.current
    if (!takesFocus.current || !active || !element) return
    takesFocus.current = false
    const { top, bottom } = spanOf(layout, active)
    if (top < element.scrollTop) element.scrollTop = active.index === 0 ? 0 : top
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight
    element.querySelector<HTMLElement>('[role="option"][tabindex="0"]')?.focus({ preventScroll: true })
  }, [active, moves])
  return {
    active,
    move: (row: ListRow) => setId(row.id),
    moveTo: (row: ListRow | undefined) => {
      if (!row) return
      takesFocus.current = true
      setId(row.id)
      setMoves((count) => count + 1)
    },
  }
}

function below(target: Element): MenuPoint {
  const { left, bottom } = (target.closest('[role="option"]') ?? target).getBoundingClientRect()
  return { x: left + 24, y: bottom }
}
