import type { Problem } from './problems.ts'

/** What is known about newer releases of this app. */
export type UpdateView =
  | { readonly state: 'off'; readonly why: string }
  | { readonly state: 'checking' }
  | { readonly state: 'current'; readonly checkedAt: string }
  | { readonly state: 'failed'; readonly problem: Problem }
  | {
      readonly state: 'ready'
      readonly version: string
      /** Whether quitting installs it; otherwise only the person's word does. */
      readonly onQuit: boolean
      /** Why the last try to install it failed. */
      readonly problem?: Problem
    }
