import dbus from 'dbus-next'

/** Raw calls on the session bus: Electron's items answer no introspection, which proxy objects would need. */
export class Bus {
  readonly connection: dbus.MessageBus = dbus.sessionBus()

  async call(
    to: { destination: string; path: string; interface: string },
    member: string,
    signature = '',
    body: unknown[] = [],
  ): Promise<unknown[]> {
    const reply = await this.connection.call(new dbus.Message({ ...to, member, signature, body }))
    return reply?.body ?? []
  }

  /** Serves an object under a well-known name. */
  async own(name: string, path: string, served: dbus.interface.Interface): Promise<void> {
    this.connection.export(path, served)
    const owned = await this.connection.requestName(name, 0)
    if (owned !== dbus.RequestNameReply.PRIMARY_OWNER) throw new Error(`somebody else owns ${name}`)
  }

  close(): void {
    this.connection.disconnect()
  }
}
