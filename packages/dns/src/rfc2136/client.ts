import { randomInt } from 'node:crypto'
import { DnsError } from '../errors.ts'
import { classes, type Rcode, rcodeName } from '../wire/codes.ts'
import { DnsFormatError } from '../wire/errors.ts'
import { readMessage, type WireMessage, type WireRecord, writeMessage } from '../wire/message.ts'
import { stringsOf } from '../wire/rdata.ts'
import { ExchangeError, exchange, serverText } from './exchange.ts'
import { transferZone } from './transfer.ts'
import { signMessage, type TsigKey, verifyMessage } from './tsig.ts'
import { encodeUpdate, type UpdateMessage } from './update.ts'

export interface SignedClientOptions {
  host: string
  /** Default 53. */
  port?: number
  /** Without a key messages go unsigned. */
  key?: TsigKey | undefined
  /** Default: queries over UDP, updates over TCP, because a repeated UDP update may meet its own first effect. */
  transport?: 'udp' | 'tcp' | undefined
  /** Milliseconds per message. Default 5000. */
  timeout?: number | undefined
  clock?: (() => number) | undefined
}

export type AnyRcode = Rcode | `RCODE${number}`

export interface SignedAnswer {
  rcode: AnyRcode
  message: WireMessage
}

/** What became of a message, when no trustworthy answer came. `reason` is the TSIG error or what went wrong instead. */
export class SignedExchangeError extends DnsError {
  override name = 'SignedExchangeError'
  readonly reason: 'BADSIG' | 'BADKEY' | 'BADTIME' | 'untrusted' | 'malformed' | 'timed-out' | 'unreachable'
  /** With BADTIME: by how many seconds the server's clock is ahead of ours. */
  readonly clockOffset: number | undefined
  constructor(
    reason: SignedExchangeError['reason'],
    message: string,
    options?: ErrorOptions & { clockOffset?: number },
  ) {
    super(message, options)
    this.reason = reason
    this.clockOffset = options?.clockOffset
  }
}

/** Talks to one server, with every message signed and every answer checked. */
export function createSignedClient(options: SignedClientOptions) {
  const { host, port = 53, key, transport, timeout = 5000, clock = Date.now } = options
  const where = serverText(host, port)

  /** A lost datagram costs a third of the time allowed; then TCP, unless it is ruled out. Only questions are repeated. */
  async function ask(message: Buffer, via: 'udp' | 'tcp', signal: AbortSignal | undefined): Promise<SignedAnswer> {
    if (via === 'tcp') return send(message, via, timeout, signal)
    try {
      return await send(message, via, timeout / 3, signal)
    } catch (error) {
      if (!(error instanceof SignedExchangeError) || error.reason !== 'timed-out') throw error
      return send(message, transport ?? 'tcp', (timeout * 2) / 3, signal)
    }
  }

  async function send(
    message: Buffer,
    via: 'udp' | 'tcp',
    patience: number,
    signal: AbortSignal | undefined,
  ): Promise<SignedAnswer> {
    const now = clock()
    const signed = key ? signMessage(message, key, { now }) : undefined
    let answer: Buffer
    try {
      answer = await exchange(signed?.bytes ?? message, { host, port, transport: via, timeout: patience, signal })
    } catch (cause) {
      if (!(cause instanceof ExchangeError)) throw cause
      throw new SignedExchangeError(cause.code === 'ETIMEDOUT' ? 'timed-out' : 'unreachable', cause.message, { cause })
    }
    try {
      const parsed = readMessage(answer)
      const rcode = rcodeName(parsed.flags & 0xf) as AnyRcode
      if (key && signed) checkSignature(answer, key, signed.mac, rcode, clock())
      return { rcode, message: parsed }
    } catch (cause) {
      if (!(cause instanceof DnsFormatError)) throw cause
      throw new SignedExchangeError('malformed', `${where} sent a damaged answer: ${cause.message}`, { cause })
    }
  }

  function checkSignature(answer: Buffer, by: TsigKey, requestMac: Buffer, rcode: AnyRcode, now: number): void {
    const verified = verifyMessage(answer, by, { now, requestMac })
    if (verified.ok) return
    if (verified.reason === 'refused') {
      const offset = verified.serverTime === undefined ? undefined : Math.round((verified.serverTime - now) / 1000)
      const error = verified.error
      if (error === 'BADSIG' || error === 'BADKEY' || error === 'BADTIME') {
        const detail =
          offset === undefined ? '' : `; its clock is ${Math.abs(offset)} s ${offset < 0 ? 'behind' : 'ahead of'} ours`
        throw new SignedExchangeError(error, `${where} refused the signature (${error}${detail}).`, {
          ...(offset === undefined ? {} : { clockOffset: offset }),
        })
      }
      throw new SignedExchangeError('untrusted', `${where} reports ${error}.`)
    }
    // A server that does not serve the zone, or wants no updates at all, says so unsigned: a refusal, never an answer.
    if (verified.reason === 'unsigned' && (rcode === 'NOTAUTH' || rcode === 'REFUSED' || rcode === 'NOTIMP')) return
    throw new SignedExchangeError(
      'untrusted',
      `The answer of ${where} is not signed as it should be (${verified.reason}).`,
    )
  }

  return {
    /** `192.0.2.1:53`. */
    where,
    /** Whether messages carry a TSIG signature. */
    signed: key !== undefined,
    query(
      name: string,
      type: string,
      signal?: AbortSignal,
      via = transport ?? ('udp' as const),
    ): Promise<SignedAnswer> {
      const message = writeMessage({ id: randomInt(65536), flags: 0, questions: [{ name, type, class: 1 }] })
      return ask(message, via, signal)
    },
    /** What the server says it is (`version.bind`); undefined where it does not say. Never rejects. */
    async version(): Promise<string | undefined> {
      const question = { name: 'version.bind', type: 'TXT', class: classes.CH }
      const message = writeMessage({ id: randomInt(65536), flags: 0, questions: [question] })
      try {
        const answer = readMessage(
          await exchange(message, { host, port, transport: transport ?? 'udp', timeout: timeout / 3 }),
        )
        const [record] = answer.sections[0]
        return record?.type === 'TXT' ? Buffer.concat(stringsOf(record.rdata)).toString('utf8') : undefined
      } catch (error) {
        if (error instanceof ExchangeError || error instanceof DnsFormatError) return undefined
        throw error
      }
    },
    /** The whole zone. Rejects with `TransferError` where the server does not give it. */
    transfer(zone: string, signal?: AbortSignal): Promise<WireRecord[]> {
      return transferZone(zone, { host, port, key, timeout, signal, clock })
    },
    update(update: Omit<UpdateMessage, 'id'>, signal?: AbortSignal): Promise<SignedAnswer> {
      return send(encodeUpdate({ ...update, id: randomInt(65536) }), transport ?? 'tcp', timeout, signal)
    },
  }
}

export type SignedClient = ReturnType<typeof createSignedClient>
