import { z } from 'zod'
import { preferencesInput } from '../preferences.ts'
import type { AppState } from './app-state.ts'
import { nothing, request } from './request.ts'

/** The app itself: its state, settings, updates and window. */
export const appRequests = {
  /** The whole state, and the number of the last change in it. */
  getState: request<{ readonly state: AppState; readonly number: number }>()(nothing),
  setPreferences: request()(preferencesInput),
  checkForUpdates: request()(nothing),
  /** Installs the release that is ready, and starts it. */
  installUpdate: request()(nothing),
  /** What the page shows now, so that nothing on screen causes a notification. */
  setVisiblePage: request()(z.strictObject({ page: z.enum(['list', 'domain', 'other']), key: z.string().max(300) })),
  copyText: request()(z.strictObject({ text: z.string().max(100_000) })),
  openHelp: request()(z.strictObject({ topic: z.enum(['tokens']) })),
  showLog: request()(nothing),
  hideWindow: request()(nothing),
  quit: request()(nothing),
}
