import { BrowserWindow, type IpcMainInvokeEvent, nativeTheme, screen } from 'electron'
import { eventChannel } from '../../shared/contract/channels.ts'
import type { Events } from '../../shared/contract/contract.ts'
import type { Place } from '../../shared/deep-link.ts'
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
  #visible: VisiblePage = { page: 'other', key: '' }

  constructor(options: MainWindowOptions) {
    this.#options = options
  }

  get isOpen(): boolean {
    return this.#window !== undefined
  }

  show(place?: Place): void {
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

  hide(): void {
    this.#window?.close()
  }

  toggle(): void {
    // A click on the tray of Windows takes the focus from the window before it is reported.
    const hadFocus = this.#window?.isFocused() || Date.now() - this.#blurredAt < blurGrace
    if (this.#window && hadFocus) this.hide()
    else this.show()
  }

  send<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    this.#window?.webContents.send(eventChannel, name, event)
  }

  /** The page is up and listens: where to go first, if anywhere. */
  pageIsReady(): void {
    if (this.#place) this.send('place', this.#place)
    this.#place = undefined
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

  #create(): BrowserWindow {
    const areas = screen.getAllDisplays().map((display) => display.workArea)
    const window = new BrowserWindow({
      ...windowPlace(this.#options.remembered(), this.#options.iconBounds(), areas),
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      title: 'DMARC Watch',
      show: false,
      autoHideMenuBar: true,
      // The first frame is painted in the page's own ground, so that opening does not flash.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171c' : '#f7f8fa',
      webPreferences: { ...safeWebPreferences, preload: builtFile('preload', 'index.cjs') },
    })
    window.once('ready-to-show', () => window.show())
    // One that begins to close is no window any more: whoever asks for one from here on, be it a moment before it is gone,
    // gets another. What is called on it then fails, and would take the click with it.
    const forget = () => {
      if (this.#window === window) this.#window = undefined
    }
    window.on('close', () => {
      this.#options.remember(window.getNormalBounds())
      forget()
    })
    window.on('closed', forget)
    if (process.platform === 'win32') {
      window.on('blur', () => {
        this.#blurredAt = Date.now()
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
