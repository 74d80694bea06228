import type { SentError } from './sent-error.ts'
import type { ZoneServerOptions } from './serve-zone.ts'

/** What the thread of a responder is started with. */
export interface ThreadData extends ZoneServerOptions {
  /** Location of the store. */
  store: string
}

export type ToThread = { type: 'catch-up'; id: number; serial: number } | { type: 'close' }

export type FromThread =
  | { type: 'listening'; address: string; port: number }
  | { type: 'failed'; failure: SentError }
  | { type: 'caught-up'; id: number; problem?: string }
  | { type: 'error'; message: string; problem?: string }
