import { findDeepLink, type Place } from '../shared/deep-link.ts'

/** What the command line says. Unknown arguments are Chromium's and left alone. */
export interface StartOptions {
  /** Started at login: only the icon. */
  readonly hidden: boolean
  /** Start the sandbox at once. */
  readonly sandbox: boolean
  readonly place: Place | undefined
}

export function readStartOptions(args: readonly string[]): StartOptions {
  return { hidden: args.includes('--hidden'), sandbox: args.includes('--sandbox'), place: findDeepLink(args) }
}
