import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { needsCname, stateWord } from '../../shared/states.ts'
import type { TrayView } from '../../shared/tray-state.ts'

/** One line of the menu. Plain data, so that the menu is tested without Electron. */
export type MenuLine =
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'action'; readonly id: MenuAction; readonly label: string; readonly key?: string }

export type MenuAction = 'open' | 'domain' | 'apply' | 'check' | 'add-domain' | 'settings' | 'update' | 'quit'

const shownDomains = 8

/**
 * The whole menu. On many Linux desktops a click on the icon only opens this, so it offers everything: the state in
 * words, the domains that need action, applying, checking, settings, a newer release that is ready.
 */
export function trayMenu(tray: TrayView, domains: readonly DomainSummary[], newVersion?: string): MenuLine[] {
  const needingAction = domains.filter((domain) => domain.state === 'attention')
  const working = domains.filter((domain) => domain.state === 'working')
  const listed = [...needingAction, ...working].slice(0, shownDomains)
  const more = needingAction.length + working.length - listed.length
  return [
    { kind: 'text', label: tray.summary },
    { kind: 'separator' },
    { kind: 'action', id: 'open', label: t('Open DMARC Watch') },
    ...listed.map(
      (domain): MenuLine => ({
        kind: 'action',
        id: 'domain',
        label: `${domain.title}: ${stateWord(domain.state)}`,
        key: domain.key,
      }),
    ),
    ...(more > 0 ? [{ kind: 'action', id: 'open', label: plural('{count} more…|{count} more…', more) } as const] : []),
    { kind: 'separator' },
    ...(domains.some(needsCname) ? [{ kind: 'action', id: 'apply', label: t('Apply missing CNAMEs…') } as const] : []),
    { kind: 'action', id: 'check', label: t('Check now') },
    { kind: 'action', id: 'add-domain', label: t('Add a domain…') },
    { kind: 'action', id: 'settings', label: t('Settings…') },
    { kind: 'separator' },
    ...(newVersion
      ? [{ kind: 'action', id: 'update', label: t('Install {version} and restart', { version: newVersion }) } as const]
      : []),
    { kind: 'action', id: 'quit', label: t('Quit') },
  ]
}
