import { Notification } from 'electron'
import type { Notice } from '../watch/notices.ts'

export interface NotifierOptions {
  readonly isWanted: () => boolean
  readonly onClick: (notice: Notice) => void
  readonly onFailure: (error: Error) => void
}

/** Shows notices as system notifications; a click leads to the domain. */
export class Notifier {
  readonly #options: NotifierOptions
  // A notification that nobody holds is collected, and its click is lost.
  readonly #shown = new Set<Notification>()

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  show(notice: Notice): void {
    if (!this.#options.isWanted()) return
    const notification = new Notification({ title: notice.title, body: notice.body })
    const forget = () => void this.#shown.delete(notification)
    notification.on('click', () => {
      forget()
      this.#options.onClick(notice)
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
