import type { App, Session, WebContents } from 'electron'
import { pageOrigin } from './page.ts'

/** What every window gets. Spelt out even where it is Electron's default, so that a test can hold us to it. */
export const safeWebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  enableWebSQL: false,
} as const

/** No navigation, no new windows, no webviews: in any window that ever exists. */
export function hardenContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/**
 * Chromium loads the dictionaries of its spell checker from Google as soon as a session exists, whether a window checks or not.
 * Call it before the app is ready.
 */
export function withoutSpellChecker(app: App): void {
  app.on('session-created', (session: Session) => {
    session.setSpellCheckerEnabled(false)
    // On macOS the system checks, and has no such list.
    if (process.platform !== 'darwin') session.setSpellCheckerLanguages([])
  })
}

/** No permission of any kind, and no request but for the page's own files. Network work is the main process's. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, decide) => {
    const own = details.url.startsWith(`${pageOrigin}/`) || details.url.startsWith('devtools://')
    decide({ cancel: !own })
  })
}
