import { signContinuation, signMessage, type TsigKey } from '@dmarc-as-code/dns/rfc2136'
import { DnsFormatError, nameKey, rcodes, readMessage, types } from '@dmarc-as-code/dns/wire'
import type { Client, Handler, Reply } from '../handler.ts'
import { writeError } from '../message.ts'
import { type Query, readQuery } from '../query.ts'
import { readSignature } from '../signatures.ts'
import type { ZoneData } from '../zone-data.ts'
import { type TransferRule, transferAccess } from './access.ts'
import { type TransferRecord, transferMessages } from './transfer-messages.ts'
import { changedRecords, type NameChange, serialOnly, wholeZone } from './zone-records.ts'

export interface TransferOptions {
  /** The zones as they are served. */
  zones: readonly ZoneData[]
  keys: readonly TsigKey[]
  rules: readonly TransferRule[]
  /**
   * The changes of a zone from a serial of a secondary to the one that is served now; undefined where they are not known, so that the
   * secondary gets the whole zone.
   */
  changesSince: (zone: ZoneData, serial: number) => Promise<readonly NameChange[] | undefined>
  /** Transfers at the same time. Default 16. */
  maximum?: number
  /** Milliseconds since 1970. */
  now: () => number
}

type Signature = { key: TsigKey; mac: Buffer } | undefined

/**
 * Zone transfers for secondaries (RFC 5936, RFC 1995), refused to others; and signed replies to signed requests (RFC 8945), which
 * secondaries ask for the SOA with.
 */
export function transferHandler(options: TransferOptions): Handler {
  const { zones, keys, now, maximum = 16 } = options
  const allowed = transferAccess(options.rules)
  let running = 0

  return (message, respond, client) => {
    const request = readSignature(message, keys, now())
    if (request.kind === 'refused') return request.reply
    const signature: Signature = request.kind === 'signed' ? request : undefined
    const plain = request.kind === 'signed' ? request.message : message
    const query = readQuery(plain)
    if (query && isTransfer(query)) return transfer(query, plain, client, signature)
    const reply = respond(plain, signature ? signatureSize(signature.key) : 0)
    return reply && signed(reply, signature)
  }

  function transfer(query: Query, message: Buffer, client: Client, signature: Signature): Reply {
    const refuse = (rcode: number) => signed(writeError(query, rcode), signature)
    if (!allowed({ address: client.address, key: signature?.key.name })) return refuse(rcodes.REFUSED)
    const asked = query.question ? nameKey(query.question.labels) : ''
    const zone = zones.find(({ origin }) => nameKey(origin) === asked)
    if (!zone) return refuse(rcodes.NOTAUTH)
    if (query.question?.type === types.IXFR) {
      const serial = serialIn(message)
      if (serial === undefined) return refuse(rcodes.FORMERR)
      const whole = client.transport === 'udp' || !isNewer(zone.serial, serial)
      if (whole) {
        const [only] = transferMessages(query, serialOnly(zone))
        return only && signed(only, signature)
      }
      return send(query, signature, recordsSince(zone, serial))
    }
    // A whole zone over UDP is not defined (RFC 5936 section 4.2).
    if (client.transport === 'udp') return refuse(rcodes.REFUSED)
    return send(query, signature, Promise.resolve(wholeZone(zone)))
  }

  async function recordsSince(zone: ZoneData, serial: number): Promise<Iterable<TransferRecord>> {
    // Taken before the store is asked, which may let the zone change.
    const [whole, current] = [wholeZone(zone), zone.serial]
    const changes = await options.changesSince(zone, serial).catch(() => undefined)
    return changes && zone.serial === current ? changedRecords(zone, serial, changes) : whole
  }

  function send(query: Query, signature: Signature, records: Promise<Iterable<TransferRecord>>): Reply {
    if (running >= maximum) return signed(writeError(query, rcodes.SERVFAIL), signature)
    running += 1
    return messages()

    async function* messages(): AsyncGenerator<Buffer> {
      try {
        let priorMac: Buffer | undefined
        for (const message of transferMessages(query, await records)) {
          if (!signature) {
            yield message
            continue
          }
          const { key, mac: requestMac } = signature
          const next: { bytes: Buffer; mac: Buffer } = priorMac
            ? signContinuation(message, key, { now: now(), priorMac })
            : signMessage(message, key, { now: now(), requestMac })
          priorMac = next.mac
          yield next.bytes
        }
      } finally {
        running -= 1
      }
    }
  }

  function signed(reply: Buffer, signature: Signature): Buffer {
    if (!signature) return reply
    return signMessage(reply, signature.key, { now: now(), requestMac: signature.mac }).bytes
  }
}

function isTransfer({ opcode, fault, question }: Query): boolean {
  return opcode === 0 && fault === undefined && (question?.type === types.AXFR || question?.type === types.IXFR)
}

/** The serial of the secondary, in the SOA that its request for changes carries (RFC 1995 section 3). */
function serialIn(message: Buffer): number | undefined {
  try {
    const soa = readMessage(message).sections[1].find(({ type }) => type === 'SOA')
    // The five numbers stand at the end.
    return soa && soa.rdata.length >= 22 ? soa.rdata.readUInt32BE(soa.rdata.length - 20) : undefined
  } catch (error) {
    if (error instanceof DnsFormatError) return undefined
    throw error
  }
}

/** Serial arithmetic (RFC 1982 section 3.2). */
const isNewer = (one: number, than: number): boolean => one !== than && (one - than) >>> 0 < 2 ** 31

/** Bytes of a TSIG record with the longest MAC. */
const signatureSize = ({ name }: TsigKey): number => name.length + 2 + 10 + 13 + 16 + 64
