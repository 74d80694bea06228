import dbus from 'dbus-next'
import { Bus } from './bus.ts'

export interface SeenNotification {
  readonly id: number
  readonly summary: string
  readonly body: string
}

class Notifications extends dbus.interface.Interface {
  readonly seen: SeenNotification[] = []
  constructor() {
    super('org.freedesktop.Notifications')
  }
  GetCapabilities(): string[] {
    return ['body', 'actions']
  }
  GetServerInformation(): [string, string, string, string] {
    return ['test', 'test', '1', '1.2']
  }
  Notify(_app: string, _replaces: number, _icon: string, summary: string, body: string): number {
    const id = this.seen.length + 1
    this.seen.push({ id, summary, body })
    return id
  }
  CloseNotification(): void {}
  ActionInvoked(id: number, action: string): [number, string] {
    return [id, action]
  }
}
Notifications.configureMembers({
  methods: {
    GetCapabilities: { outSignature: 'as' },
    GetServerInformation: { outSignature: 'ssss' },
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u' },
  },
  signals: { ActionInvoked: { signature: 'us' } },
})

/** The desktop's notification service. */
export class NotificationServer {
  readonly #bus = new Bus()
  readonly #served = new Notifications()

  async start(): Promise<void> {
    await this.#bus.own('org.freedesktop.Notifications', '/org/freedesktop/Notifications', this.#served)
  }

  get seen(): readonly SeenNotification[] {
    return this.#served.seen
  }

  click(id: number): void {
    this.#served.ActionInvoked(id, 'default')
  }

  stop(): void {
    this.#bus.close()
  }
}
