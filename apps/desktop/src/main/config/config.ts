import { z } from 'zod'
import { domainStates } from '../../shared/model.ts'
import { preferencesSchema } from '../../shared/preferences.ts'
import { stubZoneSchema } from '../../shared/stub-zone.ts'

export const connectionSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(['vendor', 'self-hosted']),
  title: z.string().min(1).max(100),
  baseUrl: z.url(),
  stubZones: z.array(stubZoneSchema).default([]),
})

export const windowPlaceSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})

export const dnsAccessSchema = z.object({ service: z.string(), secret: z.string() })

/** Everything the app keeps in the clear. Secrets are not here: they live in the password store under the same ids. */
export const configSchema = z.object({
  version: z.literal(1),
  connections: z.array(connectionSchema).default([]),
  preferences: preferencesSchema.default(() => preferencesSchema.parse({})),
  window: windowPlaceSchema.optional(),
  /** The state each domain had in the last notification about it, so that a restart repeats none. */
  lastNotified: z.record(z.string(), z.enum(domainStates)).default({}),
  /** Which DNS service holds credentials for which zone; the credentials themselves are in the password store. */
  dnsAccess: z.record(z.string(), dnsAccessSchema).default({}),
})

export type Config = z.output<typeof configSchema>
export type ConnectionConfig = z.output<typeof connectionSchema>
export type WindowPlace = z.output<typeof windowPlaceSchema>

export const emptyConfig: Config = configSchema.parse({ version: 1 })
