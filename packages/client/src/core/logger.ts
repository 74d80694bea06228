import type { Redactor } from '@dmarc-as-code/primitives'
import { environment } from './environment.ts'

/** Where the client writes. Fields are plain data; the token is in none of them. */
export interface Logger {
  /** Each answer. */
  debug(message: string, fields?: Record<string, unknown>): void
  /** Each retry. */
  info(message: string, fields?: Record<string, unknown>): void
  /** What the caller should know and no call fails of. */
  warn(message: string, fields?: Record<string, unknown>): void
  /** Failures that no call reports. */
  error(message: string, fields?: Record<string, unknown>): void
}

/** The levels, from quiet to verbose. */
export const logLevels = ['off', 'error', 'warn', 'info', 'debug'] as const
/** How much is logged; each level includes those before it. */
export type LogLevel = (typeof logLevels)[number]

const silent = () => {}

/** On stderr, whatever the level: stdout belongs to the program (a Terraform plugin speaks its protocol there). */
const consoleLogger: Logger = {
  debug: (message, fields) => console.warn(message, ...(fields ? [fields] : [])),
  info: (message, fields) => console.warn(message, ...(fields ? [fields] : [])),
  warn: (message, fields) => console.warn(message, ...(fields ? [fields] : [])),
  error: (message, fields) => console.error(message, ...(fields ? [fields] : [])),
}

/**
 * A logger that lets through the chosen level and everything worse, and no secret. The default level is `warn`. Redacting
 * here, at the one door, covers every line that is or will be written.
 */
export function levelled(logger: Logger | undefined, level: string | undefined, redactor: Redactor): Logger {
  const target = logger ?? consoleLogger
  const wanted = level ?? environment('DMARCREPORT_LOG') ?? 'warn'
  const known = (logLevels as readonly string[]).indexOf(wanted)
  if (known < 0) {
    target.warn(`Log level ${JSON.stringify(wanted)} does not exist, using warn. Levels: ${logLevels.join(', ')}.`)
  }
  const limit = known < 0 ? logLevels.indexOf('warn') : known
  const from = (name: Exclude<LogLevel, 'off'>): Logger['debug'] =>
    logLevels.indexOf(name) > limit
      ? silent
      : (message, fields) =>
          target[name](redactor.text(message), fields && (redactor.data(fields) as Record<string, unknown>))
  return { debug: from('debug'), info: from('info'), warn: from('warn'), error: from('error') }
}
