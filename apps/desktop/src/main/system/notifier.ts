import { Notification } from 'electron'
import type { ShownNotification } from './notification-queue.ts'

interface NotifierOptions {
  readonly onClick: (notification: ShownNotification) => void
  readonly onFailure: (error: Error) => void
}

/** Shows notices as system notifications; a click leads to what they are about. */
export class Notifier {
  readonly #options: NotifierOptions
  // A notification without a reference is garbage-collected, and its click is lost.
  readonly #shown = new Set<Notification>()

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  show(about: ShownNotification): void {
    const notification = new Notification({ title: about.title, body: about.body })
    const forget = () => void this.#shown.delete(notification)
    notification.on('click', () => {
      forget()
      this.#options.onClick(about)
    })
    notification.on('close', forget)
    notification.on('failed', (_event, why) => {
      forget()
      this.#options.onFailure(new Error(why))
    })
    this.#shown.add(notification)
    notification.show()
  }
}
