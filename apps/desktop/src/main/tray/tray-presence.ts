interface TrayPresenceOptions {
  readonly find: () => Promise<boolean>
  readonly onChange: () => void
}

/** Whether the icon is in a tray, as last seen. A panel may come up after the app, so it is looked for again. */
export class TrayPresence {
  readonly #options: TrayPresenceOptions
  #hasTray = true
  #looking: Promise<boolean> | undefined

  constructor(options: TrayPresenceOptions) {
    this.#options = options
  }

  get hasTray(): boolean {
    return this.#hasTray
  }

  look(): Promise<boolean> {
    this.#looking ??= this.#options.find().then((found) => {
      this.#looking = undefined
      if (found !== this.#hasTray) {
        this.#hasTray = found
        this.#options.onChange()
      }
      return found
    })
    return this.#looking
  }
}
