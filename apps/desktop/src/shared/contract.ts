import type { AccessMethod, ApplyJob, ConflictChoice } from './apply.ts'
import type { KeptCredentials } from './credentials.ts'
import type { Place } from './deep-link.ts'
import type {
  AccountView,
  ConnectionKind,
  ConnectionView,
  DomainSummary,
  HistoryEntry,
  MtaStsPolicyView,
} from './model.ts'
import type { Problem } from './problems.ts'
import type { TrayView } from './tray-state.ts'
import type { UpdateView } from './updates.ts'

/**
 * The one declaration of everything that passes between the page and the main process. The preload builds the page's
 * functions from it, the main process must have a handler with an argument check for each (a missing one does not
 * compile), and the page is typed by it.
 */
export interface Requests {
  getState(): AppState
  getHistory(input: { key: string }): readonly HistoryEntry[]
  checkNow(): void
  verifyDomain(input: { key: string }): void
  addConnection(input: NewConnection): { connectionId: string }
  replaceToken(input: { connectionId: string; token: string }): void
  removeConnection(input: { connectionId: string }): void
  startSandbox(): { connectionId: string }
  addDomain(input: NewDomain): { key: string }
  setHosting(input: { key: string; dmarc?: boolean; mtaSts?: boolean }): void
  saveDmarcPolicy(input: { key: string; record: string }): void
  saveMtaStsPolicy(input: { key: string; policy: MtaStsPolicyView }): void
  startApply(input: { keys: readonly string[] }): void
  /** Several zones of the same service may share them. */
  giveCredentials(input: { zone: string; method: string; values: Readonly<Record<string, string>> }): void
  /** Shows the lines of this zone instead of asking for credentials. */
  pasteByHand(input: { zone: string }): void
  accessMethods(): readonly AccessMethod[]
  /** Has the password store read for what the state says of the kept credentials. */
  lookAtCredentials(): void
  /** Keeps other credentials for this zone, once they have opened it. */
  replaceCredentials(input: { zone: string; method: string; values: Readonly<Record<string, string>> }): void
  removeCredentials(input: { zone: string }): void
  confirmApply(input: { choices: Readonly<Record<string, ConflictChoice>> }): void
  undoApply(): void
  /** Looks again: after pasting by hand, or after a failure. */
  recheckApply(): void
  closeApply(): void
  openDomainConnect(input: { key: string }): void
  openInBrowser(input: { key: string; what: 'service' | 'policy-file' }): void
  openHelp(input: { topic: 'tokens' }): void
  copyText(input: { text: string }): void
  setPreferences(input: Preferences): void
  lookForUpdates(): void
  /** Installs the release that is ready, and starts it. */
  installUpdate(): void
  showLog(): void
  hideWindow(): void
}

export interface Events {
  /** Where to go: from a link, the tray's menu, or a notification. */
  state: AppState
  place: Place
}

export interface AppState {
  /** False until the stored state was read: draw placeholders, not "empty". */
  readonly loaded: boolean
  readonly connections: readonly ConnectionView[]
  readonly accounts: readonly AccountView[]
  readonly domains: readonly DomainSummary[]
  /** Keys of domains that are being verified right now. */
  readonly verifying: readonly string[]
  readonly job?: ApplyJob
  readonly credentials: readonly KeptCredentials[]
  readonly preferences: Preferences
  readonly tray: TrayView
  /** Something about the app itself, such as settings that could not be read. */
  readonly notice?: Problem
  readonly update: UpdateView
  readonly version: string
}

export interface Preferences {
  readonly notifications: boolean
  readonly startAtLogin: boolean
  /** An Electron accelerator, or empty for none. */
  readonly shortcut: string
  readonly theme: 'system' | 'light' | 'dark'
}

export interface NewConnection {
  readonly kind: Exclude<ConnectionKind, 'sandbox'>
  readonly title: string
  readonly baseUrl: string
  readonly token: string
  /** `zone=address:port`, one per line: name servers for zones the public DNS does not know. */
  readonly stubZones: string
}

export interface NewDomain {
  readonly connectionId: string
  readonly accountId: number
  readonly address: string
  readonly parked: boolean
  readonly hostDmarc: boolean
  readonly hostMtaSts: boolean
  /** Mail hosts, for the MTA-STS policy; empty without hosted MTA-STS. */
  readonly mx: readonly string[]
}

export type RequestName = keyof Requests
export type EventName = keyof Events
export type Input<Name extends RequestName> = Parameters<Requests[Name]>[0]
export type Output<Name extends RequestName> = ReturnType<Requests[Name]>

/** What a handler sends back. Errors cross as data, as Electron would keep only their message. */
export type Answer<Name extends RequestName> =
  | { readonly ok: true; readonly value: Output<Name> }
  | { readonly ok: false; readonly problem: Problem }

/** The list the preload builds from. `satisfies` makes a forgotten or misspelt name an error. */
const requestTable = {
  getState: 1,
  getHistory: 1,
  checkNow: 1,
  verifyDomain: 1,
  addConnection: 1,
  replaceToken: 1,
  removeConnection: 1,
  startSandbox: 1,
  addDomain: 1,
  setHosting: 1,
  saveDmarcPolicy: 1,
  saveMtaStsPolicy: 1,
  startApply: 1,
  giveCredentials: 1,
  pasteByHand: 1,
  accessMethods: 1,
  lookAtCredentials: 1,
  replaceCredentials: 1,
  removeCredentials: 1,
  confirmApply: 1,
  undoApply: 1,
  recheckApply: 1,
  closeApply: 1,
  openDomainConnect: 1,
  openInBrowser: 1,
  openHelp: 1,
  copyText: 1,
  setPreferences: 1,
  lookForUpdates: 1,
  installUpdate: 1,
  showLog: 1,
  hideWindow: 1,
} as const satisfies Record<RequestName, 1>

export const requestNames = Object.keys(requestTable) as RequestName[]
export const requestChannel = (name: RequestName) => `request:${name}`
export const eventChannel = (name: EventName) => `event:${name}`

/** What the page finds at `window.dmarcWatch`. */
export type Bridge = {
  readonly [Name in RequestName]: (...input: Parameters<Requests[Name]>) => Promise<Answer<Name>>
} & {
  /** Returns its own clean-up. */
  readonly on: <Name extends EventName>(name: Name, listener: (event: Events[Name]) => void) => () => void
}
