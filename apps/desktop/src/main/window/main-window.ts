import { BrowserWindow, type IpcMainInvokeEvent, nativeTheme, screen } from 'electron'
import { eventChannel } from '../../shared/contract/channels.ts'
import type { Events } from '../../shared/contract/contract.ts'
import type { Place } from '../../shared/deep-link.ts'
import type { Preferences } from '../../shared/preferences.ts'
import { builtFile } from '../built-files.ts'
import type { WindowPlace } from '../config/config.ts'
import { safeWebPreferences } from '../security/harden.ts'
import { pageOrigin, pageUrl } from '../security/page.ts'
import { minimumSize, type Rectangle, windowPlace } from './place.ts'
import { zoomAfter } from './zoom.ts'

interface MainWindowOptions {
  readonly remembered: () => WindowPlace | undefined
  readonly remember: (place: WindowPlace) => void
  readonly iconBounds: () => Rectangle | undefined
  readonly style: () => Preferences['windowStyle']
  /** Whether the app goes on without its window; otherwise closing it quits. */
  readonly livesOn: () => boolean
  readonly onQuit: () => void
  /** The window comes to the front, or opens. */
  readonly onShow: () => void
}

interface VisiblePage {
  readonly page: 'list' | 'domain' | 'other'
  readonly key: string
}

/** Milliseconds between losing the focus to the tray and the click that did it. */
const blurGrace = 300

/**
 * The one window. Closing it ends its process, so that a closed window costs no memory; opening is quick enough to be
 * worth that. What it shows is always in the main process, so nothing is lost.
 */
export class MainWindow {
  readonly #options: MainWindowOptions
  #window: BrowserWindow | undefined
  #place: Place | undefined
  #blurredAt = 0
  #dialogs = 0
  #visible: VisiblePage = { page: 'other', key: '' }

  constructor(options: MainWindowOptions) {
    this.#options = options
  }

  get isOpen(): boolean {
    return this.#window !== undefined
  }

  /** In the task bar only: where there is no tray, an app that starts hidden must still be found. */
  showIfAlone(): void {
    if (!this.#window && !this.#options.livesOn()) this.#window = this.#create({ minimised: true })
  }

  show(place?: Place): void {
    this.#options.onShow()
    if (!this.#window) {
      this.#place = place
      this.#window = this.#create()
      return
    }
    if (place) this.send('place', place)
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.show()
    this.#window.focus()
  }

  /** Closes the window where the app goes on in the tray, and keeps it in the task bar where it does not. */
  hide(): void {
    if (this.#options.livesOn()) this.#window?.close()
    else this.#window?.minimize()
  }

  toggle(): void {
    // A click on the tray of Windows takes the focus from the window before it is reported.
    const hadFocus = this.#window?.isFocused() || Date.now() - this.#blurredAt < blurGrace
    if (this.#window && hadFocus) this.hide()
    else this.show()
  }

  send<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    this.#window?.webContents.send(eventChannel, name, JSON.stringify(event))
  }

  /** The page is up and listens: where to go first, if anywhere. */
  pageIsReady(): void {
    if (this.#place) this.send('place', this.#place)
    this.#place = undefined
  }

  /** While a dialog of the system is open over the window. */
  async withDialog<Result>(work: (parent: BrowserWindow | undefined) => Promise<Result>): Promise<Result> {
    this.#dialogs++
    try {
      return await work(this.#window)
    } finally {
      this.#dialogs--
    }
  }

  setVisiblePage(page: VisiblePage): void {
    this.#visible = page
  }

  /** Whether the person sees this domain: its page, or the list that it is in. */
  shows(key: string): boolean {
    if (!this.#window?.isFocused()) return false
    return this.#visible.page === 'list' || (this.#visible.page === 'domain' && this.#visible.key === key)
  }

  /** Whether a message comes from the main frame of this window, showing the app's own page. */
  isSender(event: IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame
    return (
      frame !== null &&
      frame === this.#window?.webContents.mainFrame &&
      new URL(frame.url).href.startsWith(`${pageOrigin}/`)
    )
  }

  #create({ minimised = false } = {}): BrowserWindow {
    const isPopover = this.#options.style() === 'popover' && this.#options.livesOn()
    const areas = screen.getAllDisplays().map((display) => display.workArea)
    const window = new BrowserWindow({
      ...windowPlace(isPopover ? undefined : this.#options.remembered(), this.#options.iconBounds(), areas),
      // Under the icon, like the menus of the panel: no frame, no entry in the task bar.
      ...(isPopover ? { frame: false, skipTaskbar: true, alwaysOnTop: true, resizable: false } : {}),
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      title: 'DMARC Watch',
      show: false,
      autoHideMenuBar: true,
      // The first frame is painted in the page's own ground, so that opening does not flash.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171c' : '#f7f8fa',
      webPreferences: { ...safeWebPreferences, preload: builtFile('preload', 'index.cjs') },
    })
    window.once('ready-to-show', () => (minimised ? window.minimize() : window.show()))
    // One that begins to close is no window any more: whoever asks for one from here on, be it a moment before it is gone,
    // gets another. What is called on it then fails, and would take the click with it.
    const forget = () => {
      if (this.#window === window) this.#window = undefined
    }
    window.on('close', () => {
      if (!isPopover) this.#options.remember(window.getNormalBounds())
      forget()
      if (!this.#options.livesOn()) this.#options.onQuit()
    })
    window.on('closed', forget)
    window.on('focus', () => this.#options.onShow())
    if (process.platform === 'win32' || isPopover) {
      window.on('blur', () => {
        this.#blurredAt = Date.now()
        // A dialog of the system takes the focus, too, and comes back.
        if (isPopover && this.#dialogs === 0) window.close()
      })
    }
    // A page that crashed leaves an empty window; without one, the next click creates a new one.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit' || window.isDestroyed()) return
      forget()
      window.destroy()
    })
    const contents = window.webContents
    contents.on('before-input-event', (event, input) => {
      const level = zoomAfter(input, contents.getZoomLevel(), process.platform)
      if (level === undefined) return
      event.preventDefault()
      contents.setZoomLevel(level)
    })
    void window.loadURL(pageUrl)
    return window
  }
}
