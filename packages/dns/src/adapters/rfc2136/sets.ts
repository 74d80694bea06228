import type { RecordSet } from '../../engine/types.ts'
import { DnsError } from '../../errors.ts'
import { parseRdata, rdataText } from '../../wire/rdata.ts'

/** A set from the wire. The raw data is kept beside the text, so that any type can be put back bit by bit. */
export function setFromWire(name: string, type: string, ttl: number, rdata: readonly Buffer[]): RecordSet {
  const values = rdata
    .map((data) => ({ text: rdataText(type, data), raw: data.toString('base64') }))
    .sort((left, right) => (left.text < right.text ? -1 : 1))
  return { name, type, ttl, values: values.map(({ text }) => text), native: values.map(({ raw }) => raw) }
}

/** The raw data of a set: as it was read, or made from its text for the records this package creates. */
export function setRdata(set: RecordSet): Buffer[] {
  if (Array.isArray(set.native)) return set.native.map((raw) => Buffer.from(String(raw), 'base64'))
  return set.values.map((value) => {
    // Without quotes, what follows a semicolon would be a comment, and be lost.
    if (set.type !== 'TXT' || value.startsWith('"')) return parseRdata(set.type, value)
    throw new DnsError(`${set.name}: the text of a TXT record must be in quotes`, { expected: false })
  })
}
