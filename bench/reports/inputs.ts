import { randomBytes } from 'node:crypto'
import { createGzip, gzipSync } from 'node:zlib'
import { aggregateHead, aggregateOf } from './samples.ts'

const MiB = 1024 * 1024

/** Large and hostile inputs by name. */
export const inputs: Record<string, () => Promise<Uint8Array>> = {
  'bomb of one text': () => packed(aggregateHead.slice(0, 90), Buffer.alloc(MiB, 'a'), 200),
  'bomb of records': () => packed(aggregateHead, Buffer.from(aggregateOf(1).slice(aggregateHead.length, -12)), 200_000),
  'mail of 25 MiB': async () => mail(randomBytes(18 * MiB)),
  'report of 200,000 records': async () => {
    const row = '<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>'
    return gzipSync(`${aggregateHead}${row.repeat(200_000)}</feedback>`)
  },
}

/** `head` and then `times` copies of `piece`, packed as they are made. */
async function packed(head: string, piece: Uint8Array, times: number): Promise<Uint8Array> {
  const gzip = createGzip()
  const chunks: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve) => gzip.once('end', resolve))
  gzip.write(head)
  for (let index = 0; index < times; index++) {
    if (!gzip.write(piece)) await new Promise((resolve) => gzip.once('drain', resolve))
  }
  gzip.end()
  await ended
  return Buffer.concat(chunks)
}

function mail(attachment: Uint8Array): Uint8Array {
  const body = Buffer.from(attachment).toString('base64').replace(/.{76}/g, '$&\r\n')
  const head =
    'From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n'
  return Buffer.from(head + body)
}
