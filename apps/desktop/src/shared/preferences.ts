import { z } from 'zod'
import { groupings } from './groups.ts'

export const preferencesSchema = z.object({
  notifications: z.boolean().default(true),
  /** ISO 8601; notifications are paused until then. Empty when they are not. */
  pausedUntil: z.string().max(40).default(''),
  /** Domains with one of these tags cause no notifications. */
  mutedTags: z.array(z.string().max(200)).max(500).readonly().default([]),
  startAtLogin: z.boolean().default(false),
  /** An Electron accelerator, or empty for none. */
  shortcut: z.string().max(60).default(''),
  /** A PEM file with certificate authorities to trust besides those of the system; empty for none. */
  caFile: z.string().max(4096).default(''),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** How tall the rows of the list are. */
  density: z.enum(['compact', 'comfortable']).default('compact'),
  grouping: z.enum(groupings).default('next'),
  language: z.enum(['system', 'en', 'de']).default('system'),
  /** `outlined` shows on every panel; the others are for panels of the opposite tone. */
  trayStyle: z.enum(['outlined', 'light', 'dark']).default('outlined'),
  /** `popover`: without a frame, under the icon; closes when another window is used. */
  windowStyle: z.enum(['window', 'popover']).default('window'),
  /** What closing the window does. `automatic`: the app goes on only where its icon is in a tray. */
  closing: z.enum(['automatic', 'keep', 'quit']).default('automatic'),
})

/** From the window: all of them, and nothing else. */
export const preferencesInput = z.strictObject({
  notifications: z.boolean(),
  pausedUntil: z.union([z.literal(''), z.iso.datetime()]),
  mutedTags: z.array(z.string().max(200)).max(500).readonly(),
  startAtLogin: z.boolean(),
  shortcut: z.string().max(60),
  caFile: z.string().max(4096),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'comfortable']),
  grouping: z.enum(groupings),
  language: z.enum(['system', 'en', 'de']),
  trayStyle: z.enum(['outlined', 'light', 'dark']),
  windowStyle: z.enum(['window', 'popover']),
  closing: z.enum(['automatic', 'keep', 'quit']),
}) satisfies z.ZodType<Preferences>

export type Preferences = z.output<typeof preferencesSchema>
