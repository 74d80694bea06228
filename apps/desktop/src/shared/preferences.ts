import { z } from 'zod'

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
}) satisfies z.ZodType<Preferences>

export type Preferences = z.output<typeof preferencesSchema>
