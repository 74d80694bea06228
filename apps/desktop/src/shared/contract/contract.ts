import type { Place } from '../deep-link.ts'
import type { Problem } from '../problems.ts'
import type { StateChange } from '../state-change.ts'
import { activityRequests } from './activity-requests.ts'
import { appRequests } from './app-requests.ts'
import { applyRequests, credentialRequests } from './apply-requests.ts'
import { connectionRequests } from './connection-requests.ts'
import { domainRequests } from './domain-requests.ts'
import { draftRequests } from './draft-requests.ts'
import { reportRequests } from './report-requests.ts'
import type { RequestDefinition } from './request.ts'

/**
 * Everything that passes between the window and the main process. A request is declared once, in the file of its topic:
 * its name, the check of its argument, and its answer. The main process must have a handler for each, and the window a
 * listener for each event; a missing one does not compile. The window imports types from here only, so that the checks
 * stay out of its bundle.
 */
export const requests = {
  ...domainRequests,
  ...connectionRequests,
  ...applyRequests,
  ...credentialRequests,
  ...activityRequests,
  ...draftRequests,
  ...reportRequests,
  ...appRequests,
}

export interface Events {
  state: StateChange
  /** Where to go: from a link, the tray's menu, or a notification. */
  place: Place
}

type Requests = typeof requests
export type RequestName = keyof Requests
type EventName = keyof Events
export type Input<Name extends RequestName> = Requests[Name] extends RequestDefinition<infer In, unknown> ? In : never
export type Output<Name extends RequestName> = Requests[Name] extends { readonly output?: infer Out } ? Out : never

/** What a handler sends back. Errors cross as data, as Electron would keep only their message. */
export type Answer<Name extends RequestName> =
  | { readonly ok: true; readonly value: Output<Name> }
  | { readonly ok: false; readonly problem: Problem }

export type EventListeners = { readonly [Name in EventName]: (event: Events[Name]) => void }

/** The arguments of a request after its name: none where the request takes nothing. */
export type Arguments<Name extends RequestName> = Input<Name> extends undefined ? [] : [input: Input<Name>]

/** What the page works with. */
export interface Bridge {
  request<Name extends RequestName>(name: Name, ...input: Arguments<Name>): Promise<Answer<Name>>
  /** Returns its own clean-up. */
  listen(listeners: EventListeners): () => void
}

/**
 * What the page finds at `window.dmarcWatch`. Answers and events cross as JSON: a text crosses in one piece, while an object
 * is copied property by property, which takes longer than drawing it (the state of 500 domains has 31,000).
 */
export interface TextBridge {
  /** The answer is an `Answer`. */
  request(name: string, input?: unknown): Promise<string>
  /** Each event is one of `Events`. Those from before the first listener are kept for it. Returns its own clean-up. */
  listen(listener: (name: string, event: string) => void): () => void
}
