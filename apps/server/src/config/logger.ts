import type { FastifyBaseLogger } from 'fastify'
import { destination, pino } from 'pino'
import type { Config } from './schema.ts'

/** What JSON leaves as it is and what changes a terminal, or how a line reads: controls of Latin-1, line ends, directions. */
const misleading = /[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g

/**
 * Logs JSON lines to standard output, or to `write`. Headers are never logged, so tokens cannot leak; what comes from outside
 * (paths of requests, records in DNS) changes nobody's terminal.
 */
export function createLogger(level: Config['log'], write = toStandardOutput()): FastifyBaseLogger {
  const settings = { level, redact: ['headers', 'req.headers', 'authorization', 'token'] }
  return pino(settings, { write: (line: string) => write(line.replace(misleading, escaped)) })
}

function toStandardOutput(): (line: string) => void {
  const output = destination(1)
  return (line) => void output.write(line)
}

/** As a JSON string has it. Outside of strings, JSON has none of these characters. */
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
