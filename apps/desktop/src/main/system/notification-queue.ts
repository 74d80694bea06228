import { after, type Clock } from '@dmarc-as-code/primitives'
import { listOf } from '../../shared/messages/lists.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import type { Preferences } from '../../shared/preferences.ts'
import type { DomainNotification } from '../watch/notifications.ts'

/** One notification of the system, about one domain or several. */
export interface ShownNotification {
  readonly title: string
  readonly body: string
  /** Where a click leads; absent for the list. */
  readonly address?: string
}

interface QueueOptions {
  readonly clock: Clock
  readonly preferences: () => Pick<Preferences, 'notifications' | 'pausedUntil' | 'mutedTags'>
  /** The tags of a domain, by name. */
  readonly tagsOf: (key: string) => readonly string[]
  /** Whether the person sees this domain right now. */
  readonly isOnScreen: (key: string) => boolean
  readonly show: (notification: ShownNotification) => void
}

/** A check of many domains reports them one after another; what comes within this time belongs together. */
const gatherFor = 5_000
/** From this many on, one notification names them all. */
const digestFrom = 3
const namedDomains = 3

/** Decides which notifications are shown, and joins many into one. */
export class NotificationQueue {
  readonly #options: QueueOptions
  #waiting = new Map<string, DomainNotification>()

  constructor(options: QueueOptions) {
    this.#options = options
  }

  add(notification: DomainNotification): void {
    if (this.#waiting.size === 0) after(this.#options.clock, gatherFor, () => this.#flush())
    // Of a domain that changes twice, the last word counts. What reports say is another matter than its state.
    this.#waiting.set(`${notification.kind === 'report' ? 'report' : 'state'} ${notification.key}`, notification)
  }

  #flush(): void {
    const wanted = [...this.#waiting.values()].filter((each) => this.#isWanted(each))
    this.#waiting = new Map()
    const { show } = this.#options
    if (wanted.length >= digestFrom) show(digest(wanted))
    else for (const { title, body, address } of wanted) show({ title, body, address })
  }

  #isWanted({ key }: DomainNotification): boolean {
    const { preferences, clock, tagsOf, isOnScreen } = this.#options
    const { notifications, pausedUntil, mutedTags } = preferences()
    const isPaused = pausedUntil !== '' && Date.parse(pausedUntil) > clock.now()
    if (!notifications || isPaused || isOnScreen(key)) return false
    return !tagsOf(key).some((tag) => mutedTags.includes(tag))
  }
}

function digest(notifications: readonly DomainNotification[]): ShownNotification {
  const names = (of: readonly DomainNotification[]) =>
    listOf(
      of.map(({ domain }) => domain),
      namedDomains,
    )
  const reports = notifications.filter(({ kind }) => kind === 'report')
  const ready = notifications.filter(({ kind }) => kind === 'ready')
  const broken = notifications.filter(({ kind }) => kind === 'broken' || kind === 'drifted')
  const parts = [
    broken.length > 0 ? t('Action needed: {domains}.', { domains: names(broken) }) : '',
    ready.length > 0 ? t('Ready: {domains}.', { domains: names(ready) }) : '',
    reports.length > 0 ? t('Reports: {domains}.', { domains: names(reports) }) : '',
  ]
  return {
    title:
      reports.length > 0
        ? plural(
            'News about {count} domain|News about {count} domains',
            new Set(notifications.map(({ key }) => key)).size,
          )
        : plural('{count} domain changed|{count} domains changed', notifications.length),
    body: parts.filter(Boolean).join(' '),
  }
}
