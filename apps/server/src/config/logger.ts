import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import type { Config } from './schema.ts'

/** Logs JSON lines to standard output, or to `write`. Headers are never logged, so tokens cannot leak. */
export function createLogger(level: Config['log'], write?: (line: string) => void): FastifyBaseLogger {
  const settings = { level, redact: ['headers', 'req.headers', 'authorization', 'token'] }
  return write ? pino(settings, { write }) : pino(settings)
}
