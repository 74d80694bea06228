import dbus from 'dbus-next'
import { Bus } from './bus.ts'
import { until } from './wait-until.ts'

const { Interface, ACCESS_READ } = dbus.interface

class Watcher extends Interface {
  readonly items: string[] = []
  onItem = (): void => {}
  constructor() {
    super('org.kde.StatusNotifierWatcher')
  }
  RegisterStatusNotifierItem(service: string): void {
    this.items.push(service)
    this.onItem()
  }
  RegisterStatusNotifierHost(): void {}
  get RegisteredStatusNotifierItems(): string[] {
    return this.items
  }
  get IsStatusNotifierHostRegistered(): boolean {
    return true
  }
  get ProtocolVersion(): number {
    return 0
  }
}
Watcher.configureMembers({
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: ACCESS_READ },
    IsStatusNotifierHostRegistered: { signature: 'b', access: ACCESS_READ },
    ProtocolVersion: { signature: 'i', access: ACCESS_READ },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's' },
    RegisterStatusNotifierHost: { inSignature: 's' },
  },
})

export interface MenuItem {
  readonly id: number
  readonly label: string
  readonly enabled: boolean
}

interface RawMenu {
  readonly 0: number
  readonly 1: Record<string, dbus.Variant>
  readonly 2: dbus.Variant[]
}

/** A desktop panel, as far as the tray icon can tell: it sees what any StatusNotifier host sees. */
export class TrayHost {
  readonly #bus = new Bus()
  readonly #watcher = new Watcher()

  /** Must be up before the app starts. */
  async start(): Promise<void> {
    await this.#bus.own('org.kde.StatusNotifierWatcher', '/StatusNotifierWatcher', this.#watcher)
  }

  /** Resolves when the first icon arrives. */
  registered(): Promise<void> {
    return new Promise((resolve) => {
      this.#watcher.onItem = resolve
    })
  }

  stop(): void {
    this.#bus.close()
  }

  async tooltip(): Promise<string> {
    const { ToolTip } = await this.#properties()
    const [, , title, text] = (ToolTip?.value ?? []) as [string, unknown, string, string]
    return [title, text].filter(Boolean).join(' ')
  }

  /** The icon's pixels, ARGB, largest first. */
  async icons(): Promise<{ width: number; height: number; pixels: Buffer }[]> {
    const { IconPixmap } = await this.#properties()
    const raw = (IconPixmap?.value ?? []) as [number, number, Buffer][]
    return raw
      .map(([width, height, pixels]) => ({ width, height, pixels: Buffer.from(pixels) }))
      .sort((a, b) => b.width - a.width)
  }

  async click(): Promise<void> {
    await this.#bus.call(this.#item('org.kde.StatusNotifierItem'), 'Activate', 'ii', [0, 0])
  }

  async menu(): Promise<MenuItem[]> {
    const [, root] = (await this.#bus.call(await this.#menu(), 'GetLayout', 'iias', [0, -1, []])) as [number, RawMenu]
    return root[2].map((child) => {
      const [id, properties] = child.value as [number, Record<string, dbus.Variant>]
      return { id, label: String(properties.label?.value ?? ''), enabled: properties.enabled?.value !== false }
    })
  }

  async choose(label: string | RegExp): Promise<void> {
    const items = await this.menu()
    const item = items.find((each) => (typeof label === 'string' ? each.label === label : label.test(each.label)))
    if (!item) throw new Error(`the menu has no "${label}": ${items.map((each) => each.label).join(', ')}`)
    await this.#bus.call(await this.#menu(), 'Event', 'isvu', [item.id, 'clicked', new dbus.Variant('s', ''), 0])
  }

  async #menu() {
    const { Menu } = await this.#properties()
    return { ...this.#item('com.canonical.dbusmenu'), path: String(Menu?.value) }
  }

  async #properties(): Promise<Record<string, dbus.Variant | undefined>> {
    await until(() => this.#watcher.items.length > 0, 'the app registers its icon')
    const to = this.#item('org.freedesktop.DBus.Properties')
    const [properties] = await this.#bus.call(to, 'GetAll', 's', ['org.kde.StatusNotifierItem'])
    return properties as Record<string, dbus.Variant>
  }

  #item(name: string) {
    const destination = this.#watcher.items.at(-1)
    if (!destination) throw new Error('no icon is registered')
    return { destination, path: '/StatusNotifierItem', interface: name }
  }
}
