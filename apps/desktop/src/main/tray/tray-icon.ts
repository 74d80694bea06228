import { Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron'
import type { Preferences } from '../../shared/preferences.ts'
import type { TrayView } from '../../shared/tray-state.ts'
import type { Rectangle } from '../window/place.ts'
import { drawIcon } from './draw-icon.ts'
import type { MenuAction, MenuLine } from './tray-menu.ts'

interface TrayIconOptions {
  readonly onClick: () => void
  readonly onAction: (action: MenuAction, key: string | undefined) => void
}

const points = process.platform === 'win32' ? 16 : process.platform === 'darwin' ? 18 : 22

/** The icon in the tray. Draws only what changed, as replacing a menu closes it under the person's hand. */
export class TrayIcon {
  readonly tray: Tray
  readonly #options: TrayIconOptions
  #drawn = ''
  #listed = ''
  #view: TrayView
  #style: Preferences['trayStyle'] = 'outlined'
  menu: Menu | undefined

  constructor(view: TrayView, options: TrayIconOptions) {
    this.#options = options
    this.#view = view
    this.#drawn = this.#look
    // At the start every millisecond counts; the next state is drawn for finer screens too.
    this.tray = new Tray(image(view, this.#style, [1]))
    this.#updateText()
    this.tray.on('click', () => options.onClick())
  }

  update(view: TrayView, lines: readonly MenuLine[], style: Preferences['trayStyle']): void {
    this.#view = view
    this.#style = style
    this.#draw()
    const listed = JSON.stringify(lines)
    if (listed === this.#listed) return
    this.#listed = listed
    this.menu = Menu.buildFromTemplate(lines.map((line) => this.#item(line)))
    // On macOS a set menu would open on every click; there it opens on the right button only.
    if (process.platform !== 'darwin') this.tray.setContextMenu(this.menu)
    else this.tray.removeAllListeners('right-click').on('right-click', () => this.tray.popUpContextMenu(this.menu))
  }

  /** Undefined where the system does not report it, as on Linux. */
  get bounds(): Rectangle | undefined {
    const bounds = this.tray.getBounds()
    return bounds.width > 0 ? bounds : undefined
  }

  get #look(): string {
    return JSON.stringify([this.#view, this.#style])
  }

  #draw(): void {
    const look = this.#look
    if (look === this.#drawn) return
    this.#drawn = look
    this.tray.setImage(image(this.#view, this.#style))
    this.#updateText()
  }

  #updateText(): void {
    this.tray.setToolTip(`DMARC Watch: ${this.#view.summary}`)
    if (process.platform === 'darwin') this.tray.setTitle(this.#view.count > 0 ? String(this.#view.count) : '')
  }

  #item(line: MenuLine): MenuItemConstructorOptions {
    if (line.kind === 'separator') return { type: 'separator' }
    if (line.kind === 'text') return { label: line.label, enabled: false }
    const key = line.key
    return { label: line.label, click: () => this.#options.onAction(line.id, key) }
  }
}

/** Panels: the person says what theirs is like, or has an icon that shows on any. The theme of the app says nothing of it. */
const panels = { outlined: 'outlined', light: 'dark', dark: 'light' } as const

function image(
  { state, count }: TrayView,
  style: Preferences['trayStyle'],
  scaleFactors: readonly number[] = [1, 2],
): NativeImage {
  const panel = process.platform === 'darwin' ? 'template' : panels[style]
  const icon = nativeImage.createEmpty()
  for (const scaleFactor of scaleFactors) {
    icon.addRepresentation({ scaleFactor, buffer: drawIcon({ state, count, panel, size: points * scaleFactor }) })
  }
  icon.setTemplateImage(panel === 'template')
  return icon
}
