import { crc32, createInflateRaw } from 'node:zlib'
import { ReportFault, type Warnings } from '../outcome.ts'
import type { Budget } from './budget.ts'

const FHCRC = 2
const FEXTRA = 4
const FNAME = 8
const FCOMMENT = 16

/**
 * Unpacks gzip (RFC 1952), chunk by chunk. Node's own gunzip fails on bytes after the stream, such as the line break that
 * mail gateways append, and yields nothing then; here they are a warning. Checksum and length are verified.
 */
export async function* gunzip(
  packed: Uint8Array,
  budget: Budget,
  warnings: Warnings,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0
  do {
    budget.member()
    at = yield* unpackMember(packed, at, budget)
  } while (packed[at] === 0x1f && packed[at + 1] === 0x8b)
  if (at < packed.length) warnings.add('archive-trailing-data')
}

async function* unpackMember(
  packed: Uint8Array,
  start: number,
  budget: Budget,
): AsyncGenerator<Uint8Array, number, undefined> {
  const body = start + headerLength(packed.subarray(start))
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 })
  let [checksum, length] = [0, 0]
  inflate.end(packed.subarray(body))
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      budget.unpacked(chunk.length)
      checksum = crc32(chunk, checksum)
      length += chunk.length
      yield chunk
    }
  } catch (error) {
    throw isZlibError(error) ? new ReportFault('archive-corrupt', error.code) : error
  } finally {
    inflate.destroy()
  }
  const trailer = body + inflate.bytesWritten
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  if (trailer + 8 > packed.length) throw new ReportFault('archive-corrupt', 'the checksum is missing')
  if (view.getUint32(trailer, true) !== checksum || view.getUint32(trailer + 4, true) !== length % 2 ** 32) {
    throw new ReportFault('archive-corrupt', 'checksum or length does not match')
  }
  return trailer + 8
}

function headerLength(packed: Uint8Array): number {
  const flags = packed[3] ?? 0
  if (packed[2] !== 8) throw new ReportFault('archive-corrupt', 'unknown compression method')
  let at = 10
  if (flags & FEXTRA) at += 2 + (packed[at] ?? 0) + 256 * (packed[at + 1] ?? 0)
  for (const flag of [FNAME, FCOMMENT]) {
    if (!(flags & flag)) continue
    const end = packed.indexOf(0, at)
    if (end < 0) throw new ReportFault('archive-corrupt', 'the header does not end')
    at = end + 1
  }
  if (flags & FHCRC) at += 2
  if (at >= packed.length) throw new ReportFault('archive-corrupt', 'the header does not end')
  return at
}

function isZlibError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && /^(?:Z_|ERR_)/.test(String(error.code))
}
