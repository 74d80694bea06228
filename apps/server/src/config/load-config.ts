import { readFileSync } from 'node:fs'
import { type Config, configSchema } from './schema.ts'

export type { Config } from './schema.ts'

/** Invalid settings: every fault with its path. Values are not quoted, because some are secret. */
export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(source: string, faults: readonly string[]) {
    super([`The configuration (${source}) is invalid:`, ...faults.map((fault) => `  ${fault}`)].join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/** Validates settings and fills in the defaults. @throws {ConfigError} */
export function parseConfig(input: unknown, source = 'passed by the caller'): Config {
  const result = configSchema.safeParse(input)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'the root'}: ${issue.message}`)
  throw new ConfigError(source, faults)
}

const prefix = 'DMARC_SERVER_'

/**
 * What Kubernetes sets for each service whose name begins with `dmarc-server`: `DMARC_SERVER_PORT=tcp://...`,
 * `DMARC_SERVER_SERVICE_HOST`, `DMARC_SERVER_POLICY_PORT_443_TCP_ADDR` and the like. No setting has such a name.
 */
const ofKubernetes = /^(?!.*__)(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)?)$/

/**
 * Reads the settings from a JSON file (if one is named); environment variables override it: `DMARC_SERVER_STORE` sets
 * `store`, `DMARC_SERVER_HOSTED_ZONE__NAME` sets `hostedZone.name`; a value that is valid JSON is parsed as JSON.
 * Variables that Kubernetes sets for services are left alone.
 *
 * @throws {ConfigError} when the file cannot be read or a value is invalid
 */
export function loadConfig(path: string | undefined, env: Readonly<Record<string, string | undefined>>): Config {
  const settings = path === undefined ? {} : readJson(path)
  let overlaid = false
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(prefix) || value === undefined || name === `${prefix}CONFIG`) continue
    if (ofKubernetes.test(name.slice(prefix.length))) continue
    overlaid = true
    overlay(settings, name.slice(prefix.length).split('__').map(camelCase), value)
  }
  const sources = [...(path === undefined ? [] : [path]), ...(overlaid ? [`${prefix}* in the environment`] : [])]
  return parseConfig(settings, sources.join(' and ') || 'no file and no environment')
}

function readJson(path: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw new ConfigError(path, [`cannot read the file (${reason}). Pass another path with --config.`])
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // The parser's message quotes the text, which may contain a password.
  }
  throw new ConfigError(path, ['the file is not a JSON object.'])
}

function overlay(settings: Record<string, unknown>, path: readonly string[], value: string): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) {
    settings[key] = jsonOrText(value)
    return
  }
  const inner = settings[key]
  const next = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {}
  settings[key] = next
  overlay(next as Record<string, unknown>, rest, value)
}

function jsonOrText(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const camelCase = (name: string): string =>
  name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
