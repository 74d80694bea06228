import { type App, type GlobalShortcut, type NativeTheme, nativeTheme } from 'electron'
import type { Preferences } from '../../shared/preferences.ts'
import type { ConfigStore } from '../config/config-store.ts'
import { readCaFile } from '../network/app-fetch.ts'
import { setLoginStart } from './login-start.ts'
import { setShortcut } from './shortcut.ts'

interface PreferenceOptions {
  readonly config: ConfigStore
  readonly app: Pick<App, 'setLoginItemSettings'>
  readonly shortcuts: GlobalShortcut
  readonly theme?: Pick<NativeTheme, 'themeSource'>
  readonly platform: NodeJS.Platform
  /** What starts this app again. */
  readonly command: readonly string[]
  readonly configFolder: string
  readonly onShortcut: () => void
  readonly onChange: () => void
}

/** The person's preferences: kept in the settings file and put into effect. */
export class PreferenceService {
  readonly #options: PreferenceOptions

  constructor(options: PreferenceOptions) {
    this.#options = options
  }

  get current(): Preferences {
    return this.#options.config.get().preferences
  }

  /** Puts the stored preferences into effect. Throws when the shortcut cannot be set. */
  apply(preferences: Preferences = this.current): void {
    const { theme = nativeTheme, shortcuts, onShortcut } = this.#options
    theme.themeSource = preferences.theme
    setShortcut(shortcuts, preferences.shortcut, onShortcut)
  }

  set(preferences: Preferences): void {
    const before = this.current
    if (preferences.caFile !== '' && preferences.caFile !== before.caFile) readCaFile(preferences.caFile)
    try {
      this.apply(preferences)
    } catch (error) {
      // A shortcut that is taken must not cost the one there was.
      this.apply(before)
      throw error
    }
    const { config, onChange } = this.#options
    if (preferences.startAtLogin !== before.startAtLogin) setLoginStart(preferences.startAtLogin, this.#options)
    config.update((current) => ({ ...current, preferences }))
    onChange()
  }
}
