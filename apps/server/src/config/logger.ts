import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import type { Config } from './schema.ts'

/** JSON lines on standard output (or where `write` leads). Headers are never logged, so no token can be. */
export function createLogger(level: Config['log'], write?: (line: string) => void): FastifyBaseLogger {
  const settings = { level, redact: ['headers', 'req.headers', 'authorization', 'token'] }
  return write ? pino(settings, { write }) : pino(settings)
}
