// The thread of the responder: nothing that the rest of the server does keeps it from answering.
import { parentPort, workerData } from 'node:worker_threads'
import { connectStore } from '../store/open-store.ts'
import { sentError } from './sent-error.ts'
import { serveZone, type ZoneServer } from './serve-zone.ts'
import type { FromThread, ThreadData, ToThread } from './thread-messages.ts'

const port = parentPort
if (!port) throw new Error('This file runs as a thread of the server.')
const { store: location, ...options } = workerData as ThreadData
const send = (message: FromThread) => port.postMessage(message)
const textOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))

const store = connectStore(location)
const stop = async () => {
  port.close()
  await store.close()
}
let server: ZoneServer
try {
  server = await serveZone(store, options, (message, error) => send({ type: 'error', message, problem: textOf(error) }))
} catch (error) {
  send({ type: 'failed', failure: sentError(error) })
  await stop()
  process.exit()
}
port.on('message', async (message: ToThread) => {
  if (message.type === 'close') {
    await server.close()
    await stop()
    return
  }
  const { id } = message
  try {
    await server.catchUp(message.serial)
    send({ type: 'caught-up', id })
  } catch (error) {
    send({ type: 'caught-up', id, problem: textOf(error) })
  }
})
send({ type: 'listening', address: server.address, port: server.port })
