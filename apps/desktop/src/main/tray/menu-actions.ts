import { app } from 'electron'
import { needsCname } from '../../shared/states.ts'
import type { Services } from '../services.ts'
import type { MenuAction } from './tray-menu.ts'

type MenuActions = { readonly [Action in MenuAction]: (key: string | undefined) => void }

/** What each line of the tray's menu does. An action without an entry does not compile. */
export function createMenuActions({
  window,
  watcher,
  applyService,
  updates,
  log,
}: Pick<Services, 'window' | 'watcher' | 'applyService' | 'updates' | 'log'>): MenuActions {
  return {
    open: () => window.show(),
    domain: (key) => {
      // The domain may have been removed while the menu was open.
      const domain = watcher.domains.find((each) => each.key === key)
      window.show(domain ? { page: 'domain', address: domain.address } : undefined)
    },
    apply: () => {
      window.show({ page: 'apply' })
      void applyService
        .start(watcher.domains.filter(needsCname))
        .catch((error: unknown) => log.write('applying failed', error))
    },
    check: () => void watcher.checkAll(),
    'add-domain': () => window.show({ page: 'add-domain' }),
    settings: () => window.show({ page: 'settings' }),
    update: () => {
      updates.install()
      // If the installation succeeds, the app exits in a moment.
      if (updates.view.state === 'ready' && updates.view.problem) window.show()
    },
    quit: () => app.quit(),
  }
}
