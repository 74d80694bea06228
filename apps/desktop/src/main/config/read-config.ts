import { z } from 'zod'
import { preferencesSchema } from '../../shared/preferences.ts'
import {
  type Config,
  configSchema,
  connectionSchema,
  dnsAccessSchema,
  emptyConfig,
  windowPlaceSchema,
} from './config.ts'

/** What could not be understood, to be written back unchanged: a newer version of the app may have put it there. */
export interface Unread {
  readonly file: Readonly<Record<string, unknown>>
  readonly preferences: Readonly<Record<string, unknown>>
  readonly connections: readonly unknown[]
  readonly dnsAccess: Readonly<Record<string, unknown>>
}

const objectSchema = z.record(z.string(), z.unknown())

/**
 * Reads the settings value by value. A value of a newer version, or a damaged one, costs that value only: it counts as not
 * set, and stays in the file.
 */
export function readConfig(file: unknown): { config: Config; unread: Unread } {
  const raw = objectSchema.parse(file)
  const preferences = object(raw.preferences)
  const { shape } = preferencesSchema
  const readable = Object.fromEntries(
    Object.entries(preferences).filter(([name, value]) => isValid(shape[name as keyof typeof shape], value)),
  )
  const connections = Array.isArray(raw.connections) ? raw.connections : []
  const dnsAccess = object(raw.dnsAccess)
  const window = windowPlaceSchema.safeParse(raw.window).data
  const config = configSchema.parse({
    version: 1,
    connections: connections.filter((connection) => isValid(connectionSchema, connection)),
    preferences: readable,
    // Before it had its present name, `lastNotified` was called `told`.
    lastNotified: validEntries(emptyConfig.lastNotified, configSchema.shape.lastNotified, raw.lastNotified ?? raw.told),
    dnsAccess: Object.fromEntries(Object.entries(dnsAccess).filter(([, entry]) => isValid(dnsAccessSchema, entry))),
    ...(window ? { window } : {}),
  })
  const known = new Set([...Object.keys(configSchema.shape), 'told'])
  return {
    config,
    unread: {
      file: pick(raw, (name) => !known.has(name) || (name === 'version' && raw.version !== 1)),
      preferences: pick(preferences, (name) => !(name in readable)),
      connections: connections.filter((connection) => !isValid(connectionSchema, connection)),
      dnsAccess: pick(dnsAccess, (name) => !isValid(dnsAccessSchema, dnsAccess[name])),
    },
  }
}

/** The settings as they are written. A value that was not understood stays, unless the person has set it since. */
export function writeConfig(config: Config, { file, preferences, connections, dnsAccess }: Unread): object {
  const defaults: Readonly<Record<string, unknown>> = emptyConfig.preferences
  const kept = pick(
    preferences,
    (name) => !(name in defaults) || (config.preferences as Record<string, unknown>)[name] === defaults[name],
  )
  return {
    ...config,
    ...file,
    preferences: { ...config.preferences, ...kept },
    connections: [...config.connections, ...connections],
    dnsAccess: { ...dnsAccess, ...config.dnsAccess },
  }
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return objectSchema.safeParse(value).data ?? {}
}

function pick(from: Readonly<Record<string, unknown>>, wanted: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => wanted(name)))
}

function isValid(schema: z.ZodType | undefined, value: unknown): boolean {
  return schema?.safeParse(value).success ?? false
}

function validEntries<Value>(none: Value, schema: z.ZodType<Value>, raw: unknown): Value {
  const entries = Object.entries(object(raw)).filter(([name, value]) => isValid(schema, { [name]: value }))
  return entries.length > 0 ? schema.parse(Object.fromEntries(entries)) : none
}
