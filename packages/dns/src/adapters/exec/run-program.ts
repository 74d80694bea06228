import { spawn } from 'node:child_process'
import { DnsServiceError, type DnsServiceErrorKind } from '../../engine/errors.ts'
import { isObject, type JsonObject } from '../shape.ts'

export interface ProgramOptions {
  /** Milliseconds. */
  timeout: number
  env?: Readonly<Record<string, string | undefined>> | undefined
  signal?: AbortSignal | undefined
}

/** More than any answer needs; a program that goes on writing is stopped. */
const mostBytes = 64 * 1024 * 1024

/** The kinds a program may name in its "error". */
const kinds: readonly DnsServiceErrorKind[] = [
  'unauthorised',
  'forbidden',
  'throttled',
  'unavailable',
  'timed-out',
  'changed',
  'refused',
  'not-found',
]

export const programError = (kind: DnsServiceErrorKind, message: string, fix: string, cause?: unknown) =>
  new DnsServiceError({ service: 'exec', kind, message, fix }, { cause })

/**
 * Runs the program once: one JSON object in, one out. What it writes to standard error goes where ours goes. Its words are
 * never quoted but those it puts into "error", because a traceback may hold credentials.
 */
export function runProgram(
  command: readonly string[],
  request: JsonObject & { method: string },
  { timeout, env, signal }: ProgramOptions,
): Promise<JsonObject> {
  const [program = '', ...args] = command
  const limit = AbortSignal.timeout(timeout)
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(env ? { env: { ...env } } : {}),
    })
    const chunks: Buffer[] = []
    let length = 0
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > mostBytes) child.kill()
      else chunks.push(chunk)
    })
    // A program that does not read what it is asked ends with a broken pipe here; its answer tells the rest.
    child.stdin.on('error', () => {})
    child.once('error', (cause: NodeJS.ErrnoException) => {
      if (signal?.aborted) return reject(signal.reason)
      if (limit.aborted) {
        const message = `The program did not answer "${request.method}" within ${timeout} ms.`
        return reject(programError('timed-out', message, 'Raise the timeout, or see what it waits for.', cause))
      }
      const message = `The program cannot be started (${cause.code ?? cause.message}).`
      reject(
        programError('configuration', message, 'Check the first text of "command": the path, and the right to run it.'),
      )
    })
    child.once('close', (code, killedBy) => {
      if (length > mostBytes) return reject(badAnswer(request.method, 'is larger than 64 MiB'))
      const answer = parse(Buffer.concat(chunks).toString('utf8'))
      if (isObject(answer) && isObject(answer.error)) return reject(told(answer.error))
      if (code !== 0) {
        const how = killedBy ? `was ended by ${killedBy}` : `ended with code ${code}`
        const message = `The program ${how} when asked for "${request.method}".`
        return reject(programError('unavailable', message, 'What it says is on standard error.'))
      }
      if (!isObject(answer)) return reject(badAnswer(request.method, 'is no JSON object'))
      resolve(answer)
    })
    child.stdin.end(`${JSON.stringify({ version: 1, ...request })}\n`)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function told({ kind, message }: JsonObject): DnsServiceError {
  const known = kinds.find((candidate) => candidate === kind) ?? 'refused'
  const words = typeof message === 'string' && message !== '' ? message : 'it gave no reason'
  return programError(known, `The program says: ${words}`, known === 'changed' ? 'Plan again.' : '')
}

export const badAnswer = (method: string, what: string) =>
  programError(
    'bad-answer',
    `The answer of the program to "${method}" ${what}.`,
    'Compare it with the protocol in the README.',
  )
