import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Dialog } from 'react-aria-components/Dialog'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { SearchField } from 'react-aria-components/SearchField'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { reasonOf } from '../../shared/reason.ts'
import { noFilter, selectDomains } from '../../shared/select.ts'
import { StateMark } from '../parts/state-mark.tsx'
import type { Page } from '../state/navigation.ts'

const shownDomains = 12

interface Target {
  readonly id: string
  readonly title: string
  readonly page: Page
  readonly domain?: DomainSummary
}

export interface SwitcherDialogProps {
  readonly domains: readonly DomainSummary[]
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly onGo: (page: Page) => void
}

/** Any domain or page by a few letters of its name. */
export function SwitcherDialog({ domains, isOpen, onOpenChange, onGo }: SwitcherDialogProps) {
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className="switcher">
        <Dialog aria-label={t('Go to')}>
          <Targets
            onClose={() => onOpenChange(false)}
            domains={domains}
            onGo={(page) => {
              onOpenChange(false)
              onGo(page)
            }}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

interface TargetsProps {
  readonly domains: readonly DomainSummary[]
  readonly onGo: (page: Page) => void
  readonly onClose: () => void
}

function Targets({ domains, onGo, onClose }: TargetsProps) {
  const [text, setText] = useState('')
  const targets = useMemo(() => targetsOf(domains, text), [domains, text])
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField
        className="search"
        autoFocus
        onKeyDown={(event) => {
          // The field would only clear itself.
          if (event.key === 'Escape') onClose()
        }}
      >
        <Label className="hidden">{t('Go to')}</Label>
        <Search size={16} aria-hidden="true" />
        <Input placeholder={t('Domain or page')} spellCheck={false} />
      </SearchField>
      <Menu
        className="options"
        aria-label={t('Go to')}
        items={targets}
        onAction={(id) => {
          const target = targets.find((each) => each.id === id)
          if (target) onGo(target.page)
        }}
        renderEmptyState={() => <p className="muted">{t('Nothing matches.')}</p>}
      >
        {({ id, title, domain }) => (
          <MenuItem id={id} textValue={title} className="option target-option">
            {domain ? <StateMark state={domain.state} bare /> : null}
            <span>{title}</span>
            {domain ? <span className="muted">{reasonOf(domain)}</span> : null}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  )
}

function targetsOf(domains: readonly DomainSummary[], text: string): Target[] {
  const pages: Target[] = [
    { id: 'add-domain', title: t('Add a domain'), page: { name: 'add-domain' } },
    { id: 'activity', title: t('Activity'), page: { name: 'activity' } },
    { id: 'settings', title: t('Settings'), page: { name: 'settings' } },
    { id: 'shortcuts', title: t('Keyboard shortcuts'), page: { name: 'shortcuts' } },
  ]
  const found = selectDomains(domains, { ...noFilter, search: text })
    .slice(0, shownDomains)
    .map(
      (domain): Target => ({
        id: domain.key,
        title: domain.title,
        page: { name: 'domain', key: domain.key },
        domain,
      }),
    )
  const wanted = text.trim().toLowerCase()
  return [...found, ...pages.filter(({ title }) => title.toLowerCase().includes(wanted))]
}
