import type { ActivityView } from '../activity.ts'
import type { ApplyJob } from '../apply.ts'
import type { StoredCredentials } from '../credentials.ts'
import type { Drafts } from '../drafts.ts'
import type { ShownLanguage } from '../messages/messages.ts'
import type { AccountView, ConnectionView, DomainSummary } from '../model.ts'
import type { Preferences } from '../preferences.ts'
import type { Problem } from '../problems.ts'
import type { TrayView } from '../tray-state.ts'
import type { UpdateView } from '../updates.ts'

/** Everything the window shows. The main process owns it and sends every change. */
export interface AppState {
  /** False until the stored state was read: draw placeholders, not "empty". */
  readonly loaded: boolean
  readonly connections: readonly ConnectionView[]
  readonly accounts: readonly AccountView[]
  readonly domains: readonly DomainSummary[]
  /** Keys of domains that are being verified right now. */
  readonly verifying: readonly string[]
  readonly job?: ApplyJob
  /** What the app changed, newest first. */
  readonly activity: readonly ActivityView[]
  readonly drafts: Drafts
  readonly credentials: readonly StoredCredentials[]
  readonly preferences: Preferences
  readonly language: ShownLanguage
  /** Whether the icon is somewhere a person can see it; without it, the window is all there is of the app. */
  readonly hasTray: boolean
  readonly tray: TrayView
  /** Something about the app itself, such as settings that could not be read. */
  readonly notice?: Problem
  readonly update: UpdateView
  readonly version: string
}
