import { renameSync } from 'node:fs'
import { readFileIfThere, writeFileAtomically } from '../files/atomic-file.ts'
import { type Config, configSchema, emptyConfig } from './config.ts'
import { readConfig, type Unread, writeConfig } from './read-config.ts'

/** The settings file. A file that cannot be understood is set aside, never overwritten: it may hold hours of set-up. */
export class ConfigStore {
  readonly #path: string
  #config: Config
  #unread: Unread = { file: {}, preferences: {}, connections: [], dnsAccess: {} }
  /** Where an unreadable file was moved; shown to the person. */
  readonly setAside: string | undefined

  constructor(path: string, now: () => number) {
    this.#path = path
    const read = parse(readFileIfThere(path))
    if (read === 'unreadable') {
      this.setAside = `${path}.unreadable-${now()}`
      renameSync(path, this.setAside)
      this.#config = emptyConfig
    } else {
      this.#config = read?.config ?? emptyConfig
      if (read) this.#unread = read.unread
    }
  }

  get(): Config {
    return this.#config
  }

  /** Changes and saves; what `change` returns is checked before anything is written. */
  update(change: (config: Config) => Config): Config {
    const next = configSchema.parse(change(this.#config))
    if (JSON.stringify(next) === JSON.stringify(this.#config)) return this.#config
    writeFileAtomically(this.#path, `${JSON.stringify(writeConfig(next, this.#unread), null, 2)}\n`)
    this.#config = next
    return next
  }
}

function parse(text: string | undefined): ReturnType<typeof readConfig> | undefined | 'unreadable' {
  if (text === undefined) return undefined
  try {
    return readConfig(JSON.parse(text))
  } catch {
    return 'unreadable'
  }
}
