import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { AggregateRecord } from '@dmarc-as-code/reports'
import { type FoundReport, readReports } from '@dmarc-as-code/reports/node'

export interface ReadRequest {
  bytes: Uint8Array
  /** Milliseconds since 1970. */
  now: number
  /** Hides local parts in failure reports: equal ones stay equal. */
  hideKey: string
  records: boolean
}

export type ReadAnswer =
  | { type: 'found'; found: FoundReport[] }
  | { type: 'records'; batch: readonly AggregateRecord[]; report: number }
  | { type: 'failed'; message: string }

/** Reading ended without a result: out of memory, out of time, or a fault of ours. Nothing of the input counts. */
export class ReadingFailedError extends Error {
  override readonly name = 'ReadingFailedError'
}

export interface ReadInputOptions {
  now: number
  hideKey: string
  /** Records in batches as they are read, with the number of their report; awaited. */
  onRecords?: (records: readonly AggregateRecord[], report: number) => Promise<void>
  signal?: AbortSignal
}

/** Megabytes of the heap of the thread: several times what the largest report needs. */
const heap = 256
/** Milliseconds without a sign of life; reading itself is limited to ten seconds. */
const patience = 60_000

/** Threads that wait for the next input: starting one takes longer than reading most reports. */
const idle: Worker[] = []
const mostIdle = 2

/**
 * Reads everything an input contains, in a thread of its own: what reporters send can take seconds of computing, which must
 * not stop the server, and as much memory as the thread has, which then ends alone. Resolves with at least one entry.
 *
 * @throws {ReadingFailedError} when the thread ends or does not answer
 */
export function readInput(bytes: Uint8Array, options: ReadInputOptions): Promise<FoundReport[]> {
  const { now, hideKey, onRecords, signal } = options
  signal?.throwIfAborted()
  if (!existsSync(fileURLToPath(threadFile))) return readHere(bytes, options)
  const thread = idle.pop() ?? startThread()
  thread.ref()
  return new Promise<FoundReport[]>((resolve, reject) => {
    let timer: NodeJS.Timeout
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => fail(new ReadingFailedError('it took too long')), patience)
    }
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
      thread.off('message', take)
      thread.off('error', failed)
      thread.off('exit', ended)
    }
    const fail = (error: unknown) => {
      end()
      void thread.terminate()
      reject(error)
    }
    const aborted = () => fail(signal?.reason)
    const failed = (error: Error) => fail(new ReadingFailedError(error.message, { cause: error }))
    const ended = (code: number) => fail(new ReadingFailedError(`the thread ended with code ${code}`))
    const take = (answer: ReadAnswer) => {
      wait()
      if (answer.type === 'records') {
        Promise.resolve(onRecords?.(answer.batch, answer.report)).then(() => thread.postMessage('taken'), fail)
        return
      }
      if (answer.type === 'failed') return fail(new ReadingFailedError(answer.message))
      end()
      release(thread)
      resolve(answer.found)
    }
    signal?.addEventListener('abort', aborted)
    thread.on('message', take)
    thread.on('error', failed)
    thread.on('exit', ended)
    wait()
    thread.postMessage({ bytes, now, hideKey, records: onRecords !== undefined } satisfies ReadRequest)
  })
}

const isSource = import.meta.url.endsWith('.ts')
const threadFile = new URL(isSource ? './read-thread.ts' : './read-thread.js', import.meta.url)

/** The sandbox of a program that is bundled into one file has no file for the thread, and reads nothing from outside. */
async function readHere(bytes: Uint8Array, { now, hideKey, onRecords, signal }: ReadInputOptions) {
  const started = performance.now()
  return readReports(bytes, {
    clock: () => now + (performance.now() - started),
    hideLocalPart: hideWith(hideKey),
    ...(onRecords ? { onRecords } : {}),
    ...(signal ? { signal } : {}),
  })
}

/** Makes local parts unreadable while equal ones stay equal (RFC 6590). */
export const hideWith =
  (key: string) =>
  (localPart: string): string =>
    createHmac('sha256', key).update(localPart).digest('hex').slice(0, 12)

function startThread(): Worker {
  // Where the sources run as they are, in tests, the thread finds the sources of the other packages as well.
  const thread = new Worker(threadFile, {
    execArgv: isSource ? ['--conditions=@dmarc-as-code/source'] : [],
    resourceLimits: { maxOldGenerationSizeMb: heap },
  })
  // A thread that ends while nobody waits for it is not given out any more.
  const leave = () => {
    const index = idle.indexOf(thread)
    if (index >= 0) idle.splice(index, 1)
  }
  thread.on('exit', leave)
  thread.on('error', leave)
  return thread
}

/** Keeps a thread for the next input. It does not keep the process from ending. */
function release(thread: Worker): void {
  thread.unref()
  if (idle.length < mostIdle) idle.push(thread)
  else void thread.terminate()
}
