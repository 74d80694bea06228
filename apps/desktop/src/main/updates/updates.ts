import type { Clock } from '@dmarc-as-code/primitives'
import { after } from '@dmarc-as-code/primitives'
import { type Problem, problem } from '../../shared/problems.ts'
import type { UpdateView } from '../../shared/updates.ts'
import { UpdateRefused } from './release-signature.ts'

const day = 24 * 60 * 60_000
const hour = 60 * 60_000

/** What can fetch and install a release of this app. */
export interface UpdateInstaller {
  /** Whether a fetched release is installed when the app is quit. */
  readonly onQuit: boolean
  /** Fetches and checks the newest release if it is newer than this one. Its version, or undefined. */
  fetchNewer(): Promise<string | undefined>
  /** Installs what was fetched, and starts it. Throws when that failed. */
  install(): void
}

interface UpdatesOptions {
  /** Loads what updates need; words instead of it say why there are none. */
  readonly open: () => Promise<UpdateInstaller | { readonly off: string }>
  readonly clock: Clock
  readonly onChange: () => void
  readonly onFailure: (error: unknown) => void
}

/**
 * Checks for a newer release at the start and once a day, sooner after a failure, and says what came of it. Once one is
 * ready it waits for the person: a later check could only take the checked file away again.
 */
export class Updates {
  readonly #options: UpdatesOptions
  #installer: UpdateInstaller | undefined
  #view: UpdateView = { state: 'checking' }
  #checking: Promise<void> | undefined
  #cancelNext = () => {}

  constructor(options: UpdatesOptions) {
    this.#options = options
  }

  get view(): UpdateView {
    return this.#view
  }

  /** Checks now. A second call during a check waits for that one. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined
    })
    return this.#checking
  }

  install(): void {
    if (this.#view.state !== 'ready') return
    try {
      this.#installer?.install()
    } catch (error) {
      this.#options.onFailure(error)
      this.#show({ ...this.#view, problem: problem('update-not-installed', messageOf(error)) })
    }
  }

  stop(): void {
    this.#cancelNext()
  }

  async #check(): Promise<void> {
    if (this.#view.state === 'ready') return
    this.#cancelNext()
    const { clock, open, onFailure } = this.#options
    this.#show({ state: 'checking' })
    try {
      const opened = this.#installer ?? (await open())
      if ('off' in opened) return this.#show({ state: 'off', why: opened.off })
      this.#installer = opened
      const version = await opened.fetchNewer()
      if (version !== undefined) return this.#show({ state: 'ready', version, onQuit: opened.onQuit })
      this.#checkAgainIn(day)
      this.#show({ state: 'current', checkedAt: new Date(clock.now()).toISOString() })
    } catch (error) {
      onFailure(error)
      this.#checkAgainIn(hour)
      this.#show({ state: 'failed', problem: problemOf(error) })
    }
  }

  #checkAgainIn(delay: number): void {
    this.#cancelNext = after(this.#options.clock, delay, () => void this.check())
  }

  #show(view: UpdateView): void {
    this.#view = view
    this.#options.onChange()
  }
}

function problemOf(error: unknown): Problem {
  return problem(error instanceof UpdateRefused ? 'update-refused' : 'update-failed', messageOf(error))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'No details are available.'
}
