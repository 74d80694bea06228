import { z } from 'zod'
import { preferencesInput } from '../preferences.ts'
import type { AppState } from './app-state.ts'
import { nothing, request } from './request.ts'

/** The app itself: its state, settings, updates and window. */
export const appRequests = {
  getState: request<AppState>()(nothing),
  setPreferences: request()(preferencesInput),
  checkForUpdates: request()(nothing),
  /** Installs the release that is ready, and starts it. */
  installUpdate: request()(nothing),
  copyText: request()(z.strictObject({ text: z.string().max(100_000) })),
  openHelp: request()(z.strictObject({ topic: z.enum(['tokens']) })),
  showLog: request()(nothing),
  hideWindow: request()(nothing),
}
