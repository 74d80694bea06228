import { recordKindTable } from '@dmarc-as-code/records'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer'
import type { DomainSummary } from '../../shared/model.ts'
import { stateWords } from '../../shared/states.ts'
import { CheckMark } from '../parts/check-mark.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { TagMark } from '../parts/tag-mark.tsx'

const rowHeight = 60

interface DomainListProps {
  readonly domains: readonly DomainSummary[]
  readonly current: string | undefined
  readonly onOpen: (key: string) => void
  /** Several are selected for applying at once; undefined while nothing is being selected. */
  readonly selected: ReadonlySet<string> | undefined
  readonly onSelect: (keys: ReadonlySet<string>) => void
}

/** The list of domains. Only the rows on screen exist, so hundreds scroll as smoothly as ten. */
export function DomainList({ domains, current, onOpen, selected, onSelect }: DomainListProps) {
  const selectedKeys = selected ?? new Set(current ? [current] : [])
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight }}>
      <ListBox
        aria-label="Domains"
        className="domain-list"
        items={domains}
        // Rows are kept from one drawing to the next unless the list knows what else they depend on.
        dependencies={[selected !== undefined]}
        selectionMode={selected ? 'multiple' : 'single'}
        // "replace" would open every domain that the arrow keys pass.
        selectionBehavior="toggle"
        disallowEmptySelection={!selected}
        selectedKeys={selectedKeys}
        onSelectionChange={(keys) => {
          const chosen = keys === 'all' ? domains.map((domain) => domain.key) : [...keys].map(String)
          if (selected) onSelect(new Set(chosen))
          else if (chosen[0]) onOpen(chosen[0])
        }}
      >
        {(domain) => (
          <ListBoxItem
            id={domain.key}
            textValue={`${domain.title}, ${stateWords[domain.state]}`}
            className="domain-row"
          >
            {selected ? (
              <span className="pick" aria-hidden="true">
                <CheckMark />
              </span>
            ) : null}
            <StateMark state={domain.state} bare />
            <span className="domain-name">
              <span className="domain-title" title={domain.title}>
                {domain.title}
              </span>
              <span className="domain-note">{noteOf(domain)}</span>
            </span>
            <span className="domain-side">
              {domain.tags.slice(0, 2).map((tag) => (
                <TagMark key={tag.id} tag={tag} />
              ))}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  )
}

/** Shown beside the name: the state and its details. */
export function noteOf(domain: DomainSummary): string {
  const parts = [stateWords[domain.state], whereItStands(domain), domain.parked ? 'parked' : undefined]
  return parts.filter((part) => part !== undefined).join(' · ')
}

function whereItStands({ state, records }: DomainSummary): string | undefined {
  if (records.some((record) => record.dangling !== undefined)) return 'CNAME left behind'
  const hosted = records.filter((record) => record.expected !== undefined)
  const [first, ...others] = hosted.filter((record) => record.state === 'attention')
  if (state === 'ready') return `${hosted.length} ${hosted.length === 1 ? 'record' : 'records'}`
  if (state === 'attention' && first) {
    return others.length === 0 ? recordKindTable[first.kind].title : `${others.length + 1} of ${hosted.length} records`
  }
  if (state === 'working' && hosted.length > 1) {
    return `${hosted.filter((record) => record.state === 'ready').length} of ${hosted.length} records ready`
  }
  return undefined
}
