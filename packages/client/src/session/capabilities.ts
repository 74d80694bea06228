import { answered, type RecordingOptions } from '../core/call.ts'
import { NotFoundError } from '../core/errors.ts'
import type { CallOptions, Transport } from '../core/transport.ts'
import type { ExtensionName } from '../enumerations.ts'
import { asList, asObject, text } from '../read/json.ts'

/** What a server can do beyond the vendor's API. */
export interface Capabilities {
  /** Unknown names are kept. */
  readonly extensions: readonly string[]
  /** The server's version; undefined for one without extensions. */
  readonly version: string | undefined
  /** Whether the server announces an extension. */
  has(extension: ExtensionName): boolean
}

/** Asks once per client and remembers; a failure is not remembered. A server without the route has no extensions. */
export class CapabilitiesCache {
  readonly #transport: Transport
  #answer: Promise<Capabilities> | undefined

  constructor(transport: Transport) {
    this.#transport = transport
  }

  async get(options: CallOptions = {}): Promise<Capabilities> {
    const { signal, [answered]: _, ...rest } = options as RecordingOptions
    // Shared by all callers at once, so one caller's signal ends only that caller's wait.
    this.#answer ??= this.#ask(rest).catch((error) => {
      this.#answer = undefined
      throw error
    })
    return signal ? this.#untilAborted(this.#answer, signal) : this.#answer
  }

  /** Whether the server announces an extension. One that cannot be asked is taken not to have it. */
  async announces(extension: ExtensionName, options: CallOptions): Promise<boolean> {
    return this.get(options).then(
      (capabilities) => capabilities.has(extension),
      () => false,
    )
  }

  #untilAborted(work: Promise<Capabilities>, signal: AbortSignal): Promise<Capabilities> {
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(this.#transport.aborted('Asking for the capabilities', signal.reason))
      if (signal.aborted) return onAbort()
      signal.addEventListener('abort', onAbort, { once: true })
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
    })
  }

  async #ask(options: CallOptions): Promise<Capabilities> {
    try {
      const answer = await this.#transport.call('getCapabilities', {}, options)
      const raw = asObject(answer.body)
      // A login page says nothing about the server behind it.
      const list = this.#transport.expected(asList(raw?.extensions), 'the capabilities of the server', answer)
      return capabilities(
        list.filter((each) => typeof each === 'string'),
        text(raw?.version),
      )
    } catch (error) {
      if (error instanceof NotFoundError) return capabilities([], undefined)
      throw error
    }
  }
}

function capabilities(extensions: readonly string[], version: string | undefined): Capabilities {
  return { extensions, version, has: (extension) => extensions.includes(extension) }
}
