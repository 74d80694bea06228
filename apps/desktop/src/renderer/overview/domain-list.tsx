import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer'
import type { DomainSummary } from '../../shared/model.ts'
import { stateWords } from '../../shared/states.ts'
import { StateMark } from '../parts/state-mark.tsx'

export const rowHeight = 60

export interface DomainListProps {
  readonly domains: readonly DomainSummary[]
  readonly current: string | undefined
  readonly onOpen: (key: string) => void
  /** Several are picked for applying at once; undefined while nothing is being picked. */
  readonly picked: ReadonlySet<string> | undefined
  readonly onPick: (keys: ReadonlySet<string>) => void
}

/** The list of domains. Only the rows on screen exist, so hundreds scroll as smoothly as ten. */
export function DomainList({ domains, current, onOpen, picked, onPick }: DomainListProps) {
  const selected = picked ?? new Set(current ? [current] : [])
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight }}>
      <ListBox
        aria-label="Domains"
        className="domain-list"
        items={domains}
        selectionMode={picked ? 'multiple' : 'single'}
        selectionBehavior={picked ? 'toggle' : 'replace'}
        selectedKeys={selected}
        onSelectionChange={(keys) => {
          const chosen = keys === 'all' ? domains.map((domain) => domain.key) : [...keys].map(String)
          if (picked) onPick(new Set(chosen))
          else if (chosen[0]) onOpen(chosen[0])
        }}
        renderEmptyState={() => <p className="list-empty">No domain matches. Change the search or the filters.</p>}
      >
        {(domain) => (
          <ListBoxItem
            id={domain.key}
            textValue={`${domain.title}, ${stateWords[domain.state]}`}
            className="domain-row"
          >
            {picked ? <span className="pick" aria-hidden="true" /> : null}
            <StateMark state={domain.state} bare />
            <span className="domain-name">
              <span className="domain-title">{domain.title}</span>
              <span className="domain-note">{noteOf(domain)}</span>
            </span>
            <span className="domain-side">
              {domain.tags.slice(0, 2).map((tag) => (
                <span key={tag.id} className="tag">
                  <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
                    <circle cx="4" cy="4" r="4" fill={tag.color} />
                  </svg>
                  {tag.name}
                </span>
              ))}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  )
}

/** What a person wants to know next to the name: the state, and where it stands. */
export function noteOf(domain: DomainSummary): string {
  const hosted = domain.records.filter((record) => record.expected !== undefined)
  const open = hosted.filter((record) => record.state === 'attention').length
  const parked = domain.parked ? ' · parked' : ''
  if (domain.state === 'attention') return `${openWords(open, hosted.length)}${parked}`
  if (domain.state === 'ready') return `Ready · ${hosted.length} ${hosted.length === 1 ? 'record' : 'records'}${parked}`
  return `${stateWords[domain.state]}${parked}`
}

function openWords(open: number, all: number): string {
  if (all === 1) return 'Its record needs you'
  return `${open} of ${all} records ${open === 1 ? 'needs' : 'need'} you`
}
