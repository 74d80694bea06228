/** What the app asks of the process that talks to the password store; a plain call of keytar. */
export interface KeyringQuestion {
  readonly id: number
  readonly call: 'getPassword' | 'setPassword' | 'deletePassword'
  readonly args: readonly string[]
}

export type KeyringMessage =
  /** It is up; questions are answered from now on. */
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly value: string | boolean | null }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
