import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { receivedError } from './sent-error.ts'
import type { ZoneServer } from './serve-zone.ts'
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts'

/** Milliseconds before a thread that ended is started again. */
const restartAfter = 1000

/** Serves the hosted zone in a thread of its own. A thread that ends by itself is started again. */
export async function startZoneThread(
  data: ThreadData,
  onError: (message: string, error?: unknown) => void,
  create: (data: ThreadData) => Worker = createThread,
): Promise<ZoneServer> {
  const stopping = new AbortController()
  const first = await startOnce(create(data), onError)
  // The next one takes the same port, which the first may have picked.
  const again = { ...data, port: first.port }
  let current: ZoneThread | undefined = first
  const kept = keep()

  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      const ended = await current?.ended
      current = undefined
      if (stopping.signal.aborted) return
      onError('the thread of the responder ended; it is started again', ended)
      await delay(restartAfter, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      current = await startOnce(create(again), onError).catch((error: unknown) => {
        onError('could not start the thread of the responder', error)
        return undefined
      })
    }
  }

  return {
    address: first.address,
    port: first.port,
    async catchUp(serial) {
      if (!current) throw new Error('The thread of the responder is being started again.')
      await current.catchUp(serial)
    },
    async close() {
      stopping.abort()
      await current?.close()
      await kept
    },
  }
}

interface ZoneThread extends ZoneServer {
  /** Why it ended. */
  ended: Promise<Error>
}

export function createThread(workerData: ThreadData): Worker {
  const isSource = import.meta.url.endsWith('.ts')
  return new Worker(new URL(isSource ? './thread.ts' : './thread.js', import.meta.url), {
    workerData,
    // Packages of the repository resolve to each other's sources.
    ...(isSource ? { execArgv: ['--conditions=@dmarc-as-code/source'] } : {}),
  })
}

async function startOnce(worker: Worker, onError: (message: string, error?: unknown) => void): Promise<ZoneThread> {
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>()
  let count = 0
  const send = (message: ToThread) => worker.postMessage(message)
  let failure: Error | undefined
  const ended = new Promise<Error>((resolve) => {
    worker.once('error', (error: Error) => {
      failure = error
    })
    worker.once('exit', (code) => {
      const reason = failure ?? new Error(`The thread of the responder ended with ${code}.`)
      for (const { reject } of waiting.values()) reject(reason)
      waiting.clear()
      resolve(reason)
    })
  })
  const listening = new Promise<{ address: string; port: number }>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      switch (message.type) {
        case 'listening':
          return resolve(message)
        case 'failed':
          return reject(receivedError(message.failure))
        case 'error':
          return onError(message.message, message.problem)
        case 'caught-up': {
          const caller = waiting.get(message.id)
          waiting.delete(message.id)
          if (message.problem === undefined) caller?.resolve()
          else caller?.reject(new Error(message.problem))
        }
      }
    })
    void ended.then(reject)
  })
  const { address, port } = await listening
  return {
    address,
    port,
    ended,
    catchUp: (serial) =>
      new Promise((resolve, reject) => {
        const id = ++count
        waiting.set(id, { resolve, reject })
        send({ type: 'catch-up', id, serial })
      }),
    async close() {
      send({ type: 'close' })
      await ended
    },
  }
}
