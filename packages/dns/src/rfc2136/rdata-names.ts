import { decodeName, encodeName, WireFormatError } from './name.ts'

// Where names stand inside the data of the types that may be compressed (RFC 3597 section 4 closes that list; SRV, DNAME
// and RP are read tolerantly): bytes before the first name, number of names.
const layouts: Record<string, { before: number; names: number }> = {
  NS: { before: 0, names: 1 },
  CNAME: { before: 0, names: 1 },
  PTR: { before: 0, names: 1 },
  DNAME: { before: 0, names: 1 },
  SOA: { before: 0, names: 2 },
  RP: { before: 0, names: 2 },
  MX: { before: 2, names: 1 },
  AFSDB: { before: 2, names: 1 },
  SRV: { before: 6, names: 1 },
}

/** The data of a record with every compressed name written out, so that it stands on its own. */
export function expandRdata(message: Buffer, offset: number, length: number, type: string): Buffer {
  const layout = layouts[type]
  const end = offset + length
  // An empty rdata is legal in UPDATE messages (RFC 2136 section 2.4, 2.5).
  if (!layout || length === 0) return Buffer.from(message.subarray(offset, end))
  const parts = [message.subarray(offset, offset + layout.before)]
  let position = offset + layout.before
  for (let count = 0; count < layout.names; count++) {
    const { name, next } = decodeName(message, position)
    parts.push(encodeName(name))
    position = next
  }
  if (position > end) throw new WireFormatError(`a name runs past the end of the ${type} record`)
  parts.push(message.subarray(position, end))
  return Buffer.concat(parts)
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
