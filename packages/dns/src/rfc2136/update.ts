import { DnsError } from '../errors.ts'
import { classes, opcodes, type Rcode, rcodes } from '../wire/codes.ts'
import { DnsFormatError } from '../wire/errors.ts'
import { isResponse, opcodeOf, readMessage, type WireRecord, writeMessage } from '../wire/message.ts'

/** What must hold before anything is changed (RFC 2136 section 2.4). Several `rrset-is` of one name and type form a set. */
export type Prerequisite =
  | { kind: 'name-in-use'; name: string }
  | { kind: 'name-not-in-use'; name: string }
  | { kind: 'rrset-exists'; name: string; type: string }
  | { kind: 'rrset-not-exists'; name: string; type: string }
  | { kind: 'rrset-is'; name: string; type: string; rdata: Buffer }

/** What to change, in order (RFC 2136 section 2.5). `rdata` is uncompressed wire data. */
export type UpdateOperation =
  | { kind: 'add'; name: string; type: string; ttl: number; rdata: Buffer }
  | { kind: 'delete-rrset'; name: string; type: string }
  | { kind: 'delete-name'; name: string }
  | { kind: 'delete-record'; name: string; type: string; rdata: Buffer }

export interface UpdateMessage {
  id: number
  zone: string
  prerequisites: Prerequisite[]
  updates: UpdateOperation[]
}

/** An UPDATE that a server must answer with `rcode` without looking at its zone. */
export class UpdateFormatError extends DnsError {
  override name = 'UpdateFormatError'
  readonly rcode: 'FORMERR' | 'NOTIMP'
  constructor(rcode: 'FORMERR' | 'NOTIMP', message: string, options?: ErrorOptions) {
    super(message, options)
    this.rcode = rcode
  }
}

type Section = Omit<WireRecord, 'start'>
const empty = Buffer.alloc(0)

export function encodeUpdate(update: UpdateMessage): Buffer {
  return writeMessage({
    id: update.id,
    flags: opcodes.UPDATE << 11,
    questions: [{ name: update.zone, type: 'SOA', class: classes.IN }],
    sections: [update.prerequisites.map(writePrerequisite), update.updates.map(writeOperation)],
  })
}

/** Reads an UPDATE request. Fails with {@link UpdateFormatError}, which carries the answer a server owes. */
export function decodeUpdate(bytes: Uint8Array): UpdateMessage {
  let message: ReturnType<typeof readMessage>
  try {
    message = readMessage(bytes)
  } catch (cause) {
    if (!(cause instanceof DnsFormatError)) throw cause
    throw new UpdateFormatError('FORMERR', cause.message, { cause })
  }
  if (isResponse(message) || opcodeOf(message) !== opcodes.UPDATE) {
    throw new UpdateFormatError('NOTIMP', `opcode ${opcodeOf(message)} is not an UPDATE request`)
  }
  const [zone, ...more] = message.questions
  if (!zone || more.length > 0 || zone.type !== 'SOA' || zone.class !== classes.IN) {
    throw new UpdateFormatError('FORMERR', 'the zone section must name one zone, as type SOA, class IN (RFC 2136 3.1)')
  }
  return {
    id: message.id,
    zone: zone.name,
    prerequisites: message.sections[0].map(readPrerequisite),
    updates: message.sections[1].map(readOperation),
  }
}

/** The reply to an UPDATE: the request's id and zone, and a code (RFC 2136 section 3.8). Unsigned. */
export function encodeUpdateReply(request: { id: number; zone?: string }, rcode: Rcode): Buffer {
  const zone = request.zone
  return writeMessage({
    id: request.id,
    flags: 0x8000 | (opcodes.UPDATE << 11) | rcodes[rcode],
    questions: zone === undefined ? [] : [{ name: zone, type: 'SOA', class: classes.IN }],
  })
}

function writePrerequisite(item: Prerequisite): Section {
  const { name } = item
  switch (item.kind) {
    case 'name-in-use':
      return { name, type: 'ANY', class: classes.ANY, ttl: 0, rdata: empty }
    case 'name-not-in-use':
      return { name, type: 'ANY', class: classes.NONE, ttl: 0, rdata: empty }
    case 'rrset-exists':
      return { name, type: item.type, class: classes.ANY, ttl: 0, rdata: empty }
    case 'rrset-not-exists':
      return { name, type: item.type, class: classes.NONE, ttl: 0, rdata: empty }
    case 'rrset-is':
      return { name, type: item.type, class: classes.IN, ttl: 0, rdata: item.rdata }
  }
}

function readPrerequisite(record: WireRecord): Prerequisite {
  const { name, type } = record
  if (record.ttl !== 0) throw malformed('a prerequisite has a TTL', record)
  if (record.class === classes.IN) {
    if (metaTypes.has(type)) throw malformed(`a prerequisite asks for the data of type ${type}`, record)
    return { kind: 'rrset-is', name, type, rdata: record.rdata }
  }
  if (record.class !== classes.ANY && record.class !== classes.NONE) {
    throw malformed(`a prerequisite has class ${record.class}`, record)
  }
  if (record.rdata.length > 0) throw malformed('a prerequisite about existence has data', record)
  const exists = record.class === classes.ANY
  if (type === 'ANY') return { kind: exists ? 'name-in-use' : 'name-not-in-use', name }
  return { kind: exists ? 'rrset-exists' : 'rrset-not-exists', name, type }
}

function writeOperation(item: UpdateOperation): Section {
  const { name } = item
  switch (item.kind) {
    case 'add':
      return { name, type: item.type, class: classes.IN, ttl: item.ttl, rdata: item.rdata }
    case 'delete-rrset':
      return { name, type: item.type, class: classes.ANY, ttl: 0, rdata: empty }
    case 'delete-name':
      return { name, type: 'ANY', class: classes.ANY, ttl: 0, rdata: empty }
    case 'delete-record':
      return { name, type: item.type, class: classes.NONE, ttl: 0, rdata: item.rdata }
  }
}

// RFC 2136 section 3.4.1.2: types that are questions, not data.
const metaTypes = new Set(['ANY', 'AXFR', 'IXFR', 'TSIG', 'OPT'])

function readOperation(record: WireRecord): UpdateOperation {
  const { name, type, ttl, rdata } = record
  if (record.class === classes.IN) {
    if (metaTypes.has(type)) throw malformed(`an update adds a record of type ${type}`, record)
    if (rdata.length === 0) throw malformed(`an update adds a ${type} record without data`, record)
    return { kind: 'add', name, type, ttl, rdata }
  }
  if (ttl !== 0) throw malformed('a deletion has a TTL', record)
  if (record.class === classes.ANY) {
    if (rdata.length > 0) throw malformed('the deletion of a record set has data', record)
    if (type === 'ANY') return { kind: 'delete-name', name }
    if (metaTypes.has(type)) throw malformed(`an update deletes type ${type}`, record)
    return { kind: 'delete-rrset', name, type }
  }
  if (record.class === classes.NONE) {
    if (metaTypes.has(type)) throw malformed(`an update deletes a record of type ${type}`, record)
    return { kind: 'delete-record', name, type, rdata }
  }
  throw malformed(`an update has class ${record.class}`, record)
}

function malformed(what: string, record: WireRecord): UpdateFormatError {
  return new UpdateFormatError('FORMERR', `${what} (at ${record.name || '.'})`)
}
