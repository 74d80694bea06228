import {
  classes,
  headerFlags,
  headerLength,
  type Labels,
  NameCompressor,
  rcodes,
  recordTail,
  writeHeader,
} from '@dmarc-as-code/dns/wire'
import { opt } from '../message.ts'
import type { Query } from '../query.ts'

/** One record as it is sent. */
export interface TransferRecord {
  owner: Labels
  type: number
  ttl: number
  rdata: Buffer
}

/** Bytes after which the next message begins: names further on could not be compressed (RFC 1035 section 4.1.4). */
const messageSize = 0x3f00

/** The records in as many messages as they take (RFC 5936 section 2.2); the question stands in the first. */
export function* transferMessages(query: Query, records: Iterable<TransferRecord>): Generator<Buffer> {
  const flags = headerFlags.response | headerFlags.authoritative
  let first = true
  let parts: Buffer[] = []
  let length = 0
  let count = 0
  let names = new NameCompressor()
  const begin = () => {
    const question = first ? (query.question?.bytes ?? Buffer.alloc(0)) : Buffer.alloc(0)
    parts = [question]
    length = headerLength + question.length
    count = 0
    names = new NameCompressor()
    if (first && query.question) names.remember(query.question.labels, headerLength)
  }
  const push = (bytes: Buffer) => {
    parts.push(bytes)
    length += bytes.length
  }
  const end = (): Buffer => {
    const withOpt = first && query.edns !== undefined
    if (withOpt) push(opt(query, rcodes.NOERROR))
    const header = writeHeader({ id: query.id, flags }, [first ? 1 : 0, count, 0, withOpt ? 1 : 0])
    first = false
    return Buffer.concat([header, ...parts])
  }
  begin()
  for (const { owner, type, ttl, rdata } of records) {
    if (count > 0 && length + rdata.length > messageSize) {
      yield end()
      begin()
    }
    push(names.write(owner, length))
    push(recordTail(type, classes.IN, ttl, rdata))
    count += 1
  }
  if (count > 0) yield end()
}
