import { decodeName, encodeName, WireFormatError } from './name.ts'

// The data of the types that may hold compressed names (RFC 3597 section 4 closes that list; SRV, DNAME and RP are read
// tolerantly) and of those with a fixed size: bytes before the first name, number of names, bytes after the last.
const layouts: Record<string, { before: number; names: number; after: number }> = {
  A: { before: 4, names: 0, after: 0 },
  AAAA: { before: 16, names: 0, after: 0 },
  NS: { before: 0, names: 1, after: 0 },
  CNAME: { before: 0, names: 1, after: 0 },
  PTR: { before: 0, names: 1, after: 0 },
  DNAME: { before: 0, names: 1, after: 0 },
  SOA: { before: 0, names: 2, after: 20 },
  RP: { before: 0, names: 2, after: 0 },
  MX: { before: 2, names: 1, after: 0 },
  AFSDB: { before: 2, names: 1, after: 0 },
  SRV: { before: 6, names: 1, after: 0 },
}

/** The data of a record with every compressed name written out, so that it stands on its own. */
export function expandRdata(message: Buffer, offset: number, length: number, type: string): Buffer {
  const layout = layouts[type]
  const end = offset + length
  // An empty rdata is legal in UPDATE messages (RFC 2136 section 2.4, 2.5).
  if (length > 0 && type === 'TXT') checkStrings(message.subarray(offset, end))
  if (!layout || length === 0) return Buffer.from(message.subarray(offset, end))
  const parts = [message.subarray(offset, offset + layout.before)]
  let position = offset + layout.before
  for (let count = 0; count < layout.names; count++) {
    const { name, next } = decodeName(message, position)
    parts.push(encodeName(name))
    position = next
  }
  if (end - position !== layout.after)
    throw new WireFormatError(`a ${type} record has ${length} bytes of data, which do not fit`)
  parts.push(message.subarray(position, end))
  return Buffer.concat(parts)
}

function checkStrings(rdata: Uint8Array): void {
  let position = 0
  while (position < rdata.length) position += 1 + (rdata[position] as number)
  if (position !== rdata.length) throw new WireFormatError('a string runs past the end of a TXT record')
}

/** The data with the names inside in lower case: the form in which two records are compared (RFC 2136 section 1.1). */
export function comparableRdata(type: string, rdata: Buffer): string {
  const layout = layouts[type]
  if (!layout || rdata.length === 0) return rdata.toString('latin1')
  let text = rdata.subarray(0, layout.before).toString('latin1')
  let position = layout.before
  for (let count = 0; count < layout.names; count++) {
    const { name, next } = decodeName(rdata, position)
    text += `${name.toLowerCase()}\0`
    position = next
  }
  return text + rdata.subarray(position).toString('latin1')
}
