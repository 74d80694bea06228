import { useRef } from 'react'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { diagnosisOf } from '../../shared/diagnosis.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { needsCname } from '../../shared/states.ts'
import { useBridge } from '../state/bridge.ts'
import { useGo } from '../state/go.ts'

/** In the window's pixels. */
export interface MenuPoint {
  readonly x: number
  readonly y: number
}

export interface DomainMenuProps {
  readonly domain: DomainSummary
  readonly point: MenuPoint
  readonly onOpen: (key: string) => void
  readonly onClose: () => void
}

/** What can be done with one row, at the pointer or below the row. */
export function DomainMenu({ domain, point, onOpen, onClose }: DomainMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null)
  const bridge = useBridge()
  const go = useGo()
  const { key, address } = domain
  const actions = {
    open: () => onOpen(key),
    apply: () => {
      go({ name: 'apply' })
      void bridge.request('startApply', { keys: [key] })
    },
    verify: () => void bridge.request('verifyDomains', { keys: [key] }),
    'copy-name': () => void bridge.request('copyText', { text: address }),
    'copy-diagnosis': () => void bridge.request('copyText', { text: diagnosisOf(domain) }),
    delete: () => go({ name: 'domain', key, tab: 'policy', asking: 'delete' }),
  }
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: point.x, top: point.y }} />
      <Popover
        className="popover"
        triggerRef={anchor}
        isOpen
        placement="bottom start"
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose()
        }}
      >
        <Menu
          className="options"
          aria-label={domain.title}
          autoFocus="first"
          onAction={(id) => {
            onClose()
            actions[id as keyof typeof actions]()
          }}
          onClose={onClose}
        >
          <MenuItem className="option" id="open">
            {t('Open')}
          </MenuItem>
          {needsCname(domain) ? (
            <MenuItem className="option" id="apply">
              {t('Apply CNAMEs')}
            </MenuItem>
          ) : null}
          {domain.hostedDmarc || domain.hostedMtaSts ? (
            <MenuItem className="option" id="verify">
              {t('Verify now')}
            </MenuItem>
          ) : null}
          <MenuItem className="option" id="copy-name">
            {t('Copy name')}
          </MenuItem>
          <MenuItem className="option" id="copy-diagnosis">
            {t('Copy diagnosis')}
          </MenuItem>
          <MenuItem className="option" id="delete">
            {t('Delete…')}
          </MenuItem>
        </Menu>
      </Popover>
    </>
  )
}
