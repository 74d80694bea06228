/** Credentials of a DNS service that the app keeps, as the page may know them: never their secret parts. */
export interface StoredCredentials {
  /** The zone they were given for. Other zones at the same service are tried with them too. */
  readonly zone: string
  /** The access method, as `accessMethods` names it. */
  readonly method: string
  readonly serviceTitle: string
  readonly state: StoredState
  /** What was typed and is no secret, such as the server and the name of the key. Empty until the store was read. */
  readonly details: readonly { readonly label: string; readonly value: string }[]
}

/** `unread`: the password store has not been asked yet. The last four are those of the password store. */
export type StoredState = 'unread' | 'stored' | 'unavailable' | 'locked' | 'empty' | 'damaged'
