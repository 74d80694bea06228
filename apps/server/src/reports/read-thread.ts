import { parentPort } from 'node:worker_threads'
import type { AggregateRecord } from '@dmarc-as-code/reports'
import { readReports } from '@dmarc-as-code/reports/node'
import { hideWith, type ReadAnswer, type ReadRequest } from './read-input.ts'

/** Reads one input after the other for `read-input.ts`, in a thread whose memory is limited. */
const port = parentPort
if (!port) throw new Error('read-thread.ts runs as a worker thread only.')

let resume: (() => void) | undefined

async function read({ bytes, now, hideKey, records }: ReadRequest): Promise<ReadAnswer> {
  const started = performance.now()
  const found = await readReports(bytes, {
    clock: () => now + (performance.now() - started),
    hideLocalPart: hideWith(hideKey),
    ...(records ? { onRecords: handOn } : {}),
  })
  return { type: 'found', found }
}

/** Waits until the batch is stored, so that the rows of a large report never stand in memory together. */
function handOn(batch: readonly AggregateRecord[], report: number): Promise<void> {
  const taken = new Promise<void>((resolve) => {
    resume = resolve
  })
  port?.postMessage({ type: 'records', batch, report } satisfies ReadAnswer)
  return taken
}

port.on('message', (message: ReadRequest | 'taken') => {
  if (message === 'taken') return resume?.()
  read(message).then(
    (answer) => port.postMessage(answer),
    (error: unknown) => port.postMessage({ type: 'failed', message: String(error) } satisfies ReadAnswer),
  )
})
