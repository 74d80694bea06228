import { randomInt } from 'node:crypto'
import { signMessage, type TsigKey, verifyMessage } from '@dmarc-as-code/dns/rfc2136'
import {
  classes,
  DnsFormatError,
  headerFlags,
  nameText,
  opcodes,
  rcodeName,
  rcodes,
  readMessage,
  writeMessage,
} from '@dmarc-as-code/dns/wire'
import type { ZoneData } from '../zone-data.ts'

/** A secondary that is to hear of changes. */
export interface NotifyTarget {
  address: string
  port: number
  /** What the message is signed with. */
  key?: TsigKey | undefined
}

export interface NotifierOptions {
  targets: readonly NotifyTarget[]
  /** The zone as it is served now. */
  zone: () => ZoneData | undefined
  send: (message: Buffer, to: { address: string; port: number }) => boolean
  /** Milliseconds since 1970. */
  now: () => number
  /** Called, with a sentence, when a secondary does not take a message. */
  onProblem: (problem: string) => void
  /** Milliseconds before the first repetition; they double. Default 2000. */
  repeatAfter?: number
  /** Milliseconds between two messages about two changes. Default 1000. */
  pace?: number
}

export interface Notifier {
  /** The zone has changed. */
  notify: () => void
  /** Takes a reply that arrived at the responder. */
  receive: (message: Buffer, from: { address: string; port: number }) => void
  stop: () => void
}

/** Messages about one change to a secondary that does not acknowledge (RFC 1996 section 3.6). */
const attempts = 6

/** Tells secondaries of changes (NOTIFY, RFC 1996), and repeats it until they acknowledge. */
export function notifier(options: NotifierOptions): Notifier {
  const secondaries = options.targets.map((target) => secondary(target, options))
  return {
    notify: () => {
      for (const each of secondaries) each.notify()
    },
    receive: (message, from) => {
      for (const each of secondaries) each.receive(message, from)
    },
    stop: () => {
      for (const each of secondaries) each.stop()
    },
  }
}

function secondary(target: NotifyTarget, options: NotifierOptions): Notifier {
  const { repeatAfter = 2000, pace = 1000, now, send, onProblem } = options
  const where = `The secondary ${target.address} (port ${target.port})`
  let due: NodeJS.Timeout | undefined
  let repetition: NodeJS.Timeout | undefined
  let sentAt = Number.NEGATIVE_INFINITY
  let waiting: { id: number; mac: Buffer | undefined } | undefined

  function attempt(count: number): void {
    const zone = options.zone()
    if (!zone) return
    const id = randomInt(65_536)
    const { ttl, rdata } = zone.soa()
    const name = nameText(zone.origin)
    const soa = { name, type: 'SOA', class: classes.IN, ttl, rdata: rdata[0] ?? Buffer.alloc(0) }
    const flags = (opcodes.NOTIFY << 11) | headerFlags.authoritative
    const plain = writeMessage({ id, flags, questions: [{ name, type: 'SOA', class: classes.IN }], sections: [[soa]] })
    const signed = target.key && signMessage(plain, target.key, { now: now() })
    waiting = { id, mac: signed?.mac }
    sentAt = now()
    if (!send(signed?.bytes ?? plain, target)) {
      waiting = undefined
      onProblem(`${where} is of another address family than hostedZone.listen, so it hears nothing of changes.`)
      return
    }
    clearTimeout(repetition)
    repetition = after(repeatAfter * 2 ** (count - 1), () => {
      if (count < attempts) return attempt(count + 1)
      waiting = undefined
      onProblem(
        `${where} did not acknowledge a NOTIFY in ${attempts} attempts. It looks for changes by itself within the hour.`,
      )
    })
  }

  return {
    notify() {
      clearTimeout(due)
      // A message about an earlier change is not repeated then: the next one says the same and more.
      due = after(Math.max(0, Math.min(pace, sentAt + pace - now())), () => attempt(1))
    },
    receive(bytes, from) {
      if (!waiting || from.address !== target.address || from.port !== target.port) return
      const rcode = acknowledgement(bytes, waiting, target.key, now())
      if (rcode === undefined) return
      waiting = undefined
      clearTimeout(repetition)
      if (rcode !== rcodes.NOERROR)
        onProblem(`${where} refused a NOTIFY with ${rcodeName(rcode)}. Allow this server as its primary.`)
    },
    stop() {
      clearTimeout(due)
      clearTimeout(repetition)
    },
  }
}

/** The response code of a reply to this message; undefined for anything else. */
function acknowledgement(
  bytes: Buffer,
  sent: { id: number; mac: Buffer | undefined },
  key: TsigKey | undefined,
  now: number,
): number | undefined {
  try {
    const { id, flags } = readMessage(bytes)
    if (id !== sent.id || ((flags >> 11) & 0xf) !== opcodes.NOTIFY) return undefined
    if (key && sent.mac) {
      const verified = verifyMessage(bytes, key, { now, requestMac: sent.mac })
      // A refusal need not be signed (RFC 8945 section 5.3.2).
      if (!verified.ok && verified.reason !== 'refused') return undefined
    }
    return flags & 0xf
  } catch (error) {
    if (error instanceof DnsFormatError) return undefined
    throw error
  }
}

function after(milliseconds: number, then: () => void): NodeJS.Timeout {
  const timer = setTimeout(then, milliseconds)
  timer.unref()
  return timer
}
