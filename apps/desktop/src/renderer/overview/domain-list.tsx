import { type KeyboardEvent, type MouseEvent, useMemo, useState } from 'react'
import { Collection } from 'react-aria-components/Collection'
import { Header } from 'react-aria-components/Header'
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox'
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer'
import { type DomainGroup, type Grouping, groupDomains, stageOf, stageTitle } from '../../shared/groups.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { Preferences } from '../../shared/preferences.ts'
import { DomainMenu, type MenuPoint } from './domain-menu.tsx'
import { DomainRow } from './domain-row.tsx'

/** Pixels. */
const rowHeights: Record<Preferences['density'], number> = { compact: 32, comfortable: 52 }
const headingHeight = 30

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

/** The list of domains. Only the rows on screen exist, so thousands scroll as smoothly as ten. */
export function DomainList(props: DomainListProps) {
  const { domains, grouping, density, current, onOpen, selected, onSelect } = props
  const groups = useMemo(() => groupDomains(domains, grouping), [domains, grouping])
  const [menu, setMenu] = useState<{ readonly domain: DomainSummary; readonly point: MenuPoint }>()
  const rowHeight = rowHeights[density]
  const isGrouped = grouping !== 'none'
  const layoutOptions = useMemo(() => ({ rowHeight, ...(isGrouped ? { headingHeight } : {}) }), [rowHeight, isGrouped])
  const picking = selected !== undefined
  const open = (target: EventTarget, point: (row: Element) => MenuPoint) => {
    const row = (target as Element).closest('[role="option"]')
    const domain = row && domains.find(({ key }) => key === keyOf(row.getAttribute('data-key') ?? ''))
    if (row && domain) setMenu({ domain, point: point(row) })
    return domain !== undefined
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only catches what asks for a context menu on the rows inside
    <div
      className={`domain-list-frame ${density}`}
      onContextMenu={(event: MouseEvent) => {
        if (open(event.target, () => ({ x: event.clientX, y: event.clientY }))) event.preventDefault()
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
        if (open(event.target, below)) event.preventDefault()
      }}
    >
      <Virtualizer layout={ListLayout} layoutOptions={layoutOptions}>
        <ListBox
          aria-label={t('Domains')}
          className="domain-list"
          items={groups}
          // Rows are kept from one drawing to the next unless the list knows what else they depend on.
          dependencies={[picking, density]}
          selectionMode={picking ? 'multiple' : 'single'}
          // "replace" would open every domain that the arrow keys pass.
          selectionBehavior="toggle"
          disallowEmptySelection={!picking}
          selectedKeys={rowsOf(groups, selected ?? new Set(current ? [current] : []))}
          onSelectionChange={(rows) => {
            const chosen = rows === 'all' ? domains.map(({ key }) => key) : [...rows].map((row) => keyOf(String(row)))
            if (selected) onSelect(toggled(selected, new Set(chosen), groups, rows))
            else if (chosen[0]) onOpen(chosen[0])
          }}
        >
          {(group) => <Group group={group} isGrouped={isGrouped} picking={picking} />}
        </ListBox>
      </Virtualizer>
      {menu ? <DomainMenu {...menu} onOpen={onOpen} onClose={() => setMenu(undefined)} /> : null}
    </div>
  )
}

function Group({ group, isGrouped, picking }: { group: DomainGroup; isGrouped: boolean; picking: boolean }) {
  return (
    <ListBoxSection id={`group ${group.id}`} aria-label={group.title || t('Domains')}>
      {isGrouped ? (
        <Header className="group-head">
          <span>{group.title}</span>
          <span className="count">{group.domains.length}</span>
        </Header>
      ) : null}
      <Collection items={group.domains} dependencies={[picking]}>
        {(domain) => (
          <ListBoxItem
            id={rowId(group, domain.key)}
            textValue={`${domain.title}, ${stageTitle(stageOf(domain))}`}
            className="domain-row"
          >
            <DomainRow domain={domain} picking={picking} />
          </ListBoxItem>
        )}
      </Collection>
    </ListBoxSection>
  )
}

/** A domain with two tags has two rows when the list is grouped by tag, so a row is known by its group, too. */
const separator = '\u0000'
const rowId = ({ id }: DomainGroup, key: string) => `${id}${separator}${key}`
const keyOf = (row: string) => row.slice(row.indexOf(separator) + 1)

function rowsOf(groups: readonly DomainGroup[], keys: ReadonlySet<string>): Set<string> {
  if (keys.size === 0) return new Set()
  return new Set(
    groups.flatMap((group) => group.domains.filter(({ key }) => keys.has(key)).map(({ key }) => rowId(group, key))),
  )
}

/** Where one row of a domain was cleared and another still stands, the domain is cleared. */
function toggled(
  before: ReadonlySet<string>,
  chosen: ReadonlySet<string>,
  groups: readonly DomainGroup[],
  rows: 'all' | Iterable<string | number>,
): ReadonlySet<string> {
  if (rows === 'all') return chosen
  const now = new Set([...rows].map(String))
  const cleared = [...rowsOf(groups, before)].filter((row) => !now.has(row)).map(keyOf)
  return new Set([...chosen].filter((key) => !cleared.includes(key)))
}

function below(row: Element): MenuPoint {
  const { left, bottom } = row.getBoundingClientRect()
  return { x: left + 24, y: bottom }
}
