import { randomInt } from 'node:crypto'
import { connect } from 'node:net'
import { DnsError } from '../errors.ts'
import { rcodeName } from '../wire/codes.ts'
import { DnsFormatError } from '../wire/errors.ts'
import { readMessage, type WireRecord, writeMessage } from '../wire/message.ts'
import { serverText } from './exchange.ts'
import { signMessage, type TsigKey, verifyContinuation, verifyMessage } from './tsig.ts'

export interface TransferOptions {
  host: string
  port: number
  key?: TsigKey | undefined
  /** Milliseconds of silence that end it. */
  timeout: number
  /** Bytes that end it. Default 256 MiB. */
  maximumBytes?: number | undefined
  signal?: AbortSignal | undefined
  clock?: (() => number) | undefined
}

/** The server does not give the zone, or not in a form that can be trusted. */
export class TransferError extends DnsError {
  override name = 'TransferError'
}

/** A whole zone (AXFR, RFC 5936): every record once, the SOA first. Rejects with `TransferError`. */
export function transferZone(zone: string, options: TransferOptions): Promise<WireRecord[]> {
  const { host, port, key, timeout, maximumBytes = 2 ** 28, signal, clock = Date.now } = options
  const where = serverText(host, port)
  const id = randomInt(65536)
  const question = writeMessage({ id, flags: 0, questions: [{ name: zone, type: 'AXFR', class: 1 }] })
  const signed = key ? signMessage(question, key, { now: clock() }) : undefined
  const collect = collector(zone, where, key && signed ? { key, requestMac: signed.mac, clock } : undefined)
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const socket = connect({ host, port, noDelay: true, timeout })
    let received: Buffer[] = []
    let waiting = 0
    let total = 0
    const finish = (act: () => void) => {
      signal?.removeEventListener('abort', abort)
      socket.destroy()
      act()
    }
    const fail = (message: string, cause?: unknown) =>
      finish(() =>
        reject(cause instanceof TransferError ? cause : new TransferError(`${where}: ${message}`, { cause })),
      )
    const abort = () => finish(() => reject(signal?.reason))
    signal?.addEventListener('abort', abort, { once: true })
    socket.once('timeout', () => fail(`nothing came for ${timeout} ms during the transfer of ${zone}`))
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, error))
    socket.once('close', () => fail(`the connection ended during the transfer of ${zone}`))
    socket.once('connect', () => socket.write(frame(signed?.bytes ?? question)))
    socket.on('data', (chunk) => {
      received.push(chunk)
      waiting += chunk.length
      total += chunk.length
      if (total > maximumBytes) return fail(`${zone} has more than ${maximumBytes} bytes`)
      // A message is looked for once there are enough bytes for the one that has begun.
      let bytes: Buffer | undefined
      for (;;) {
        if (waiting < 2) return
        bytes ??= Buffer.concat(received)
        const length = bytes.length < 2 ? Number.POSITIVE_INFINITY : bytes.readUInt16BE(0)
        if (bytes.length < 2 + length) {
          received = [bytes]
          waiting = bytes.length
          return
        }
        const message = bytes.subarray(2, 2 + length)
        bytes = bytes.subarray(2 + length)
        waiting = bytes.length
        received = [bytes]
        try {
          const records = collect(id, message)
          if (records) return finish(() => resolve(records))
        } catch (error) {
          return fail(error instanceof DnsFormatError ? `damaged answer: ${error.message}` : String(error), error)
        }
      }
    })
  })
}

interface Verification {
  key: TsigKey
  requestMac: Buffer
  clock: () => number
}

/** Takes message after message; gives all records once the closing SOA has come and everything was signed. */
function collector(zone: string, where: string, check: Verification | undefined) {
  const records: WireRecord[] = []
  let priorMac: Buffer | undefined
  let unsigned: Buffer[] = []
  const broken = (what: string) => new TransferError(`${where} ${what} when asked for a transfer of ${zone}.`)
  return (id: number, bytes: Buffer): WireRecord[] | undefined => {
    const message = readMessage(bytes)
    if (message.id !== id) throw broken('answered another question')
    const rcode = rcodeName(message.flags & 0xf)
    if (rcode !== 'NOERROR') throw broken(`answered ${rcode}`)
    if (check) {
      const now = check.clock()
      if (priorMac === undefined) {
        const first = verifyMessage(bytes, check.key, { now, requestMac: check.requestMac })
        if (!first.ok) throw broken('sent an answer without a valid signature')
        priorMac = first.mac
      } else {
        const next = verifyContinuation(bytes, check.key, { now, priorMac, unsigned })
        if (!next.ok) throw broken('sent an answer without a valid signature')
        unsigned = next.mac === undefined ? [...unsigned, Buffer.from(bytes)] : []
        priorMac = next.mac ?? priorMac
        // At least every hundredth message is signed (RFC 8945 section 5.3.1).
        if (unsigned.length > 99) throw broken('stopped signing')
      }
    }
    for (const record of message.sections[0]) {
      if (records.length === 0 && record.type !== 'SOA') throw broken('sent no SOA first')
      if (records.length > 0 && record.type === 'SOA') {
        if (unsigned.length > 0) throw broken('did not sign the end')
        return records
      }
      records.push(record)
    }
    return undefined
  }
}

function frame(message: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(message.length)
  return Buffer.concat([length, message])
}
