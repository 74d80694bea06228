import { connect, createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { rfc2136Adapter } from '../adapters/rfc2136/adapter.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'
import { opcodes } from '../wire/codes.ts'
import { opcodeOf, readMessage } from '../wire/message.ts'
import { apply } from './apply.ts'
import { DnsServiceError, UnfinishedJournalError } from './errors.ts'
import { type Journal, memoryJournalStore } from './journal.ts'
import { plan } from './plan.ts'
import type { DnsAdapter, RecordSet, WantedRecord } from './types.ts'
import { undo } from './undo.ts'

const zone = 'example.test'
const name = '_dmarc.example.test'
const wanted: WantedRecord = { name, type: 'CNAME', value: 'key.hosted.test' }
const before: RecordSet = { name, type: 'TXT', ttl: 60, values: ['"v=DMARC1; p=reject"'] }

/** A service that carries a write out only when told, and then answers. */
function slowService() {
  const memory = memoryAdapter({ zones: { [zone]: [before] } })
  let deliver = async () => {}
  const writing = Promise.withResolvers<void>()
  const adapter: DnsAdapter = {
    ...memory,
    write(hosted, changes, { signal } = {}) {
      return new Promise((resolve, reject) => {
        deliver = () => memory.write(hosted, changes).then(resolve, reject)
        signal?.addEventListener('abort', () => reject(signal.reason))
        writing.resolve()
      })
    },
  }
  return { memory, adapter, written: writing.promise, deliver: () => deliver() }
}

async function interrupt(options: { answerTimeout: number }) {
  const service = slowService()
  const journals = memoryJournalStore()
  const abort = new AbortController()
  const planned = await plan([wanted], service.adapter, { conflict: 'replace' })
  const applying = apply(planned, service.adapter, { journals, signal: abort.signal, readBackTimeout: 20, ...options })
  await service.written
  abort.abort(new Error('Ctrl-C'))
  return { ...service, journals, applying }
}

describe('an apply that is interrupted while a write is on its way', () => {
  it('waits for the answer, and then undoes the change', async () => {
    const { applying, deliver, memory, journals } = await interrupt({ answerTimeout: 10_000 })
    // The restore is a write as well.
    const delivered = vi.waitFor(async () => {
      await deliver()
      expect(memory.dump(zone)).toEqual([before])
    })
    await expect(applying).rejects.toMatchObject({ name: 'ApplyError', outcome: 'as-before' })
    await delivered
    expect((await journals.list()).map(({ state }) => state)).toEqual(['undone'])
  })

  it('keeps the journal open when no answer comes in time, and undo restores what the late write changes', async () => {
    const { applying, deliver, memory, journals } = await interrupt({ answerTimeout: 20 })
    await expect(applying).rejects.toMatchObject({
      outcome: 'unknown',
      rolledBack: false,
      message: expect.stringContaining('may still take effect'),
    })
    const [journal] = (await journals.list()) as [Journal]
    expect(journal).toMatchObject({ state: 'applying', unknownSince: expect.any(String) })
    await expect(apply(await plan([wanted], memory, { conflict: 'replace' }), memory, { journals })).rejects.toThrow(
      UnfinishedJournalError,
    )
    await deliver()
    expect(memory.dump(zone)).not.toEqual([before])
    const { restored } = await undo(journal, memory, { journals, lateWriteTimeout: 0 })
    expect([restored, memory.dump(zone)]).toEqual([[name], [before]])
  })

  it('is looked at again by an undo that comes before the late write', async () => {
    const { applying, deliver, memory, journals } = await interrupt({ answerTimeout: 20 })
    await expect(applying).rejects.toThrow()
    const [journal] = (await journals.list()) as [Journal]
    let now = Date.parse(journal.unknownSince ?? '')
    const reads = vi.fn()
    const watched: DnsAdapter = {
      ...memory,
      async read(...args) {
        const sets = await memory.read(...args)
        reads()
        // After the first look has found nothing to restore, the write takes effect.
        if (reads.mock.calls.length === 1) await deliver()
        else now += 40_000
        return sets
      },
    }
    const { restored } = await undo(journal, watched, { journals, clock: () => now })
    expect([restored, memory.dump(zone)]).toEqual([[name], [before]])
  })
})

it('a write whose answer is lost and that is not there leaves the journal open', async () => {
  const memory = memoryAdapter({ zones: { [zone]: [before] } })
  const journals = memoryJournalStore()
  const failingWith = (cause?: Error): DnsAdapter => ({
    ...memory,
    write: () =>
      Promise.reject(
        new DnsServiceError({ service: 'memory', kind: 'unavailable', message: 'No answer.', fix: '' }, { cause }),
      ),
  })
  const planned = await plan([wanted], memory, { conflict: 'replace' })
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  await expect(apply(planned, failingWith(refused), { journals, readBackTimeout: 10 })).rejects.toMatchObject({
    outcome: 'as-before',
  })
  await expect(apply(planned, failingWith(), { journals, readBackTimeout: 10 })).rejects.toMatchObject({
    outcome: 'unknown',
  })
})

describe.skipIf(!hasPrograms('named'))('BIND behind a proxy that delivers updates late', () => {
  it('is not said to be as before, and undo restores it once the update has landed', async () => {
    const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 5).toString('base64') }
    const bind = await startBind({
      zones: [{ name: zone, records: ['_dmarc IN TXT "v=DMARC1; p=reject"'] }],
      keys: [{ ...key, algorithm: 'hmac-sha256' }],
    })
    const proxy = await lateProxy(bind)
    onTestFinished(async () => {
      proxy.close()
      await bind.close()
    })
    const direct = rfc2136Adapter({ type: 'rfc2136', server: bind.address, port: bind.port, key })
    const late = {
      ...direct,
      write: rfc2136Adapter({ type: 'rfc2136', server: '127.0.0.1', port: proxy.port, key }).write,
    }
    const journals = memoryJournalStore()
    const abort = new AbortController()
    const applying = apply(await plan([wanted], direct, { conflict: 'replace' }), late, {
      journals,
      signal: abort.signal,
      answerTimeout: 50,
      readBackTimeout: 50,
    })
    await proxy.received
    abort.abort(new Error('Ctrl-C'))
    await expect(applying).rejects.toMatchObject({ outcome: 'unknown' })
    await proxy.deliver()
    const hosted = { id: zone, name: zone }
    await vi.waitFor(async () => expect((await direct.read(hosted, [name]))[0]?.type).toBe('CNAME'), 5000)
    const [journal] = (await journals.list()) as [Journal]
    expect((await undo(journal, direct, { journals, lateWriteTimeout: 0 })).restored).toEqual([name])
    expect((await direct.read(hosted, [name]))[0]).toMatchObject({ type: 'TXT', values: ['"v=DMARC1; p=reject"'] })
  })
})

/** Passes questions over TCP on; an UPDATE only when told, whatever became of the client. */
async function lateProxy(target: { address: string; port: number }) {
  const received = Promise.withResolvers<Buffer>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', (message) => {
      if (opcodeOf(readMessage(message.subarray(2))) === opcodes.UPDATE) return received.resolve(message)
      const outgoing = connect(target.port, target.address, () => outgoing.write(message))
      sockets.add(outgoing)
      outgoing.on('error', () => {})
      outgoing.pipe(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    received: received.promise,
    async deliver() {
      const message = await received.promise
      const outgoing = connect(target.port, target.address, () => outgoing.write(message))
      await new Promise((resolve) => outgoing.once('data', resolve))
      outgoing.destroy()
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
