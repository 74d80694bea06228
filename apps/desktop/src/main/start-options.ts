import { findDeepLink, type Place } from '../shared/deep-link.ts'

/** What the command line says. Unknown arguments are Chromium's and left alone. */
export interface StartOptions {
  /** Started at login: only the icon. */
  readonly hidden: boolean
  /** Start the sandbox at once. */
  readonly sandbox: boolean
  /** A file that describes a running sandbox, to use instead of starting one. */
  readonly sandboxInfo: string | undefined
  readonly place: Place | undefined
}

const sandboxInfo = '--sandbox-info='

export function readStartOptions(args: readonly string[]): StartOptions {
  return {
    hidden: args.includes('--hidden'),
    sandbox: args.includes('--sandbox'),
    sandboxInfo: args.find((arg) => arg.startsWith(sandboxInfo))?.slice(sandboxInfo.length),
    place: findDeepLink(args),
  }
}
