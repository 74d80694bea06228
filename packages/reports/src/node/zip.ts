import { crc32 } from 'node:zlib'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { ReportFault } from '../outcome.ts'
import type { Budget } from './budget.ts'

export interface ZipMember {
  readonly name: string
  readonly content: AsyncIterable<Uint8Array>
}

const ENCRYPTED = 1

/** Members of a zip, one after the other; folders are left out. Read one member to its end before asking for the next. */
export async function* unzip(packed: Uint8Array, budget: Budget): AsyncGenerator<ZipMember, void, undefined> {
  const zip = await opened(packed)
  try {
    for (;;) {
      const entry = await nextEntry(zip)
      if (!entry) return
      budget.member()
      if (entry.fileName.endsWith('/') || entry.fileName.startsWith('__MACOSX/')) continue
      if (entry.generalPurposeBitFlag & ENCRYPTED) throw new ReportFault('archive-encrypted')
      yield { name: entry.fileName, content: contentOf(zip, entry, budget) }
    }
  } finally {
    zip.close()
  }
}

function opened(packed: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength)
  return new Promise((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(corrupt(error))
      else resolve(zip)
    })
  })
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      zip.removeListener('entry', onEntry).removeListener('end', onEnd).removeListener('error', onError)
      settle()
    }
    const onEntry = (entry: Entry): void => done(() => resolve(entry))
    const onEnd = (): void => done(() => resolve(undefined))
    const onError = (error: Error): void => done(() => reject(corrupt(error)))
    zip.on('entry', onEntry).on('end', onEnd).on('error', onError)
    zip.readEntry()
  })
}

async function* contentOf(zip: ZipFile, entry: Entry, budget: Budget): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error) reject(corrupt(error))
      else resolve(opened)
    })
  })
  let checksum = 0
  try {
    for await (const chunk of stream) {
      budget.unpacked(chunk.length)
      checksum = crc32(chunk, checksum)
      yield chunk
    }
  } catch (error) {
    throw error instanceof ReportFault || isAbort(error) ? error : corrupt(error)
  }
  if (checksum !== entry.crc32 >>> 0) throw new ReportFault('archive-corrupt', 'the checksum does not match')
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')
}

function corrupt(error: unknown): ReportFault {
  return new ReportFault('archive-corrupt', error instanceof Error ? error.message.slice(0, 120) : undefined)
}
