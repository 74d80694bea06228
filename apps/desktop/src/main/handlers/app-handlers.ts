import { app, clipboard, shell } from 'electron'
import type { appRequests } from '../../shared/contract/app-requests.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'

const helpPages = { tokens: 'https://docs.dmarcreport.com/' } as const

export function appHandlers({
  appState,
  changes,
  window,
  preferences,
  updates,
  openLink,
  log,
}: Pick<Services, 'appState' | 'changes' | 'window' | 'preferences' | 'updates' | 'openLink' | 'log'>): Handlers<
  keyof typeof appRequests
> {
  return {
    getState: () => {
      window.pageIsReady()
      return changes.whole(appState.view)
    },
    setPreferences: (next) => preferences.set(next),
    checkForUpdates: () => updates.check(),
    installUpdate: () => updates.install(),
    setVisiblePage: (page) => window.setVisiblePage(page),
    copyText: ({ text }) => clipboard.writeText(text),
    openHelp: ({ topic }) => openLink(helpPages[topic]),
    showLog: () => shell.showItemInFolder(log.path),
    hideWindow: () => window.hide(),
    quit: () => app.quit(),
  }
}
