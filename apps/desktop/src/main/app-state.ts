import type { AppState } from '../shared/contract/app-state.ts'
import type { Problem } from '../shared/problems.ts'
import { Coalescer } from './coalesce.ts'

interface AppStateOptions {
  /** The parts that other services own. */
  readonly read: () => Omit<AppState, 'loaded' | 'notice'>
  readonly onChange: (state: () => AppState) => void
}

/** The state of the app as the window and the icon show it. Many things change at once; only the last state is sent. */
export class AppStateSource {
  readonly #options: AppStateOptions
  readonly #changes: Coalescer
  #loaded = false
  #notice: Problem | undefined

  constructor(options: AppStateOptions) {
    this.#options = options
    this.#changes = new Coalescer(() => options.onChange(() => this.view))
  }

  get view(): AppState {
    return {
      loaded: this.#loaded,
      ...this.#options.read(),
      ...(this.#notice ? { notice: this.#notice } : {}),
    }
  }

  changed(): void {
    this.#changes.soon()
  }

  /** The stored state was read: what is empty now is empty. */
  markLoaded(): void {
    this.#loaded = true
    this.changed()
  }

  notify(notice: Problem): void {
    this.#notice = notice
    this.changed()
  }
}
