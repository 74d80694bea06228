import { Search, X } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Group } from 'react-aria-components/Group'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { SearchField } from 'react-aria-components/SearchField'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import type { Grouping } from '../../shared/groups.ts'
import { t } from '../../shared/messages/messages.ts'
import {
  type AccountView,
  type ConnectionView,
  type DomainState,
  type DomainSummary,
  domainStates,
} from '../../shared/model.ts'
import { accountKey, accountTitle, countStates, type Selection, type SortKey, tagsInUse } from '../../shared/select.ts'
import { stateWord } from '../../shared/states.ts'
import { Picker } from '../parts/picker.tsx'
import { StateMark } from '../parts/state-mark.tsx'

interface FiltersProps {
  readonly domains: readonly DomainSummary[]
  readonly accounts: readonly AccountView[]
  readonly connections: readonly ConnectionView[]
  readonly selection: Selection
  readonly onChange: (selection: Selection) => void
  readonly grouping: Grouping
  readonly onGroup: (grouping: Grouping) => void
}

const everyTag = 'every tag'
const everyAccount = 'every account'

export function Filters(props: FiltersProps) {
  const { domains, accounts, connections, selection, onChange, grouping, onGroup } = props
  const counts = countStates(domains)
  const tags = tagsInUse(domains)
  const set = (change: Partial<Selection>) => onChange({ ...selection, ...change })
  const toggle = (state: DomainState, on: boolean) =>
    set({ states: on ? [...selection.states, state] : selection.states.filter((other) => other !== state) })
  return (
    <div className="filters">
      <SearchField className="search" value={selection.search} onChange={(search) => set({ search })}>
        <Label className="hidden">{t('Search domains')}</Label>
        <Search size={16} aria-hidden="true" />
        <Input placeholder={t('Search domains, tags, reasons')} spellCheck={false} />
        <kbd>Ctrl K</kbd>
        <Button className="clear" aria-label={t('Clear the search')}>
          <X size={14} aria-hidden="true" />
        </Button>
      </SearchField>
      <Group className="filter-row" aria-label={t('Show only')}>
        {domainStates
          .filter((state) => counts[state] > 0)
          .map((state) => (
            <ToggleButton
              key={state}
              className="chip"
              isSelected={selection.states.includes(state)}
              onChange={(on) => toggle(state, on)}
            >
              <StateMark state={state} bare />
              {stateWord(state)} <span className="count">{counts[state]}</span>
            </ToggleButton>
          ))}
      </Group>
      <div className="filter-row">
        <Picker
          label={t('Group by')}
          value={grouping}
          options={[
            ['next', t('By what to do')],
            ['reason', t('By reason')],
            ['tag', t('By tag')],
            ['none', t('Not grouped')],
          ]}
          onChange={(next) => onGroup(next as Grouping)}
        />
        <Picker
          label={t('Sort by')}
          value={selection.sort}
          options={[
            ['state', t('Action needed first')],
            ['name', t('Name')],
            ['changed', t('Last changed')],
          ]}
          onChange={(sort) => set({ sort: sort as SortKey })}
        />
        {tags.length > 0 ? (
          <Picker
            label={t('Tag')}
            value={selection.tags[0] ?? everyTag}
            options={[[everyTag, t('All tags')], ...tags.map((tag) => [tag, tag] as const)]}
            onChange={(tag) => set({ tags: tag === everyTag ? [] : [tag] })}
          />
        ) : null}
        {accounts.length > 1 ? (
          <Picker
            label={t('Account')}
            value={selection.account || everyAccount}
            options={[
              [everyAccount, t('All accounts')],
              ...accounts.map((account) => [accountKey(account), accountTitle(account, connections)] as const),
            ]}
            onChange={(account) => set({ account: account === everyAccount ? '' : account })}
          />
        ) : null}
      </div>
    </div>
  )
}
