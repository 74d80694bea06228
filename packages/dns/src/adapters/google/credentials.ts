import type { TokenSource } from '../oauth.ts'

export interface GoogleAuthContext {
  fetch?: typeof fetch | undefined
  clock: () => number
  env: Record<string, string | undefined>
}

export interface GoogleCredentials {
  token: TokenSource
  /** The project they belong to, where they say so. */
  project?(): Promise<string | undefined>
}
