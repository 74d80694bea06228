import { createHmac, timingSafeEqual } from 'node:crypto'
import { tsigErrors } from '../wire/codes.ts'
import { DnsFormatError } from '../wire/errors.ts'
import { readMessage, type WireMessage, type WireRecord, writeRecord } from '../wire/message.ts'
import { canonicalName, decodeName, encodeName } from '../wire/names.ts'

export type TsigAlgorithm = 'hmac-sha256' | 'hmac-sha512'

/** A shared key as BIND, Knot and PowerDNS configure it. `secret` is base64. */
export interface TsigKey {
  name: string
  algorithm: TsigAlgorithm
  secret: string
}

export type TsigError = 'BADSIG' | 'BADKEY' | 'BADTIME'

export interface SignOptions {
  /** Milliseconds since 1970; the TSIG carries seconds. */
  now: number
  /** How many seconds the clocks may differ; default 300 (RFC 8945 section 10). */
  fudge?: number
  /** The MAC of the request, when signing a reply (RFC 8945 section 5.3). */
  requestMac?: Buffer
  /** When signing a reply that reports BADTIME: the server's clock travels along, milliseconds since 1970. */
  error?: { code: 'BADTIME'; serverTime: number; requestTime: number }
}

export interface Signed {
  bytes: Buffer
  mac: Buffer
}

export type Verified =
  | { ok: true; key: TsigKey; mac: Buffer; message: Buffer; time: number }
  | { ok: false; reason: 'unsigned' }
  | { ok: false; reason: 'misplaced' }
  | { ok: false; reason: TsigError; keyName: string; algorithm: string; mac: Buffer; time: number; key?: TsigKey }
  /** The reply itself reports a TSIG error; `serverTime` (ms) stands with BADTIME. */
  | { ok: false; reason: 'refused'; error: TsigError | string; serverTime?: number }

export interface VerifyOptions {
  now: number
  /** The MAC of our request, when verifying a reply. */
  requestMac?: Buffer
}

/** Appends a TSIG record (RFC 8945 section 4.3.3). The result is the message to send and its MAC, needed for the reply. */
export function signMessage(message: Uint8Array, key: TsigKey, options: SignOptions): Signed {
  const time = Math.floor((options.error ? options.error.requestTime : options.now) / 1000)
  const other = options.error ? time48(Math.floor(options.error.serverTime / 1000)) : Buffer.alloc(0)
  const variables: TsigVariables = {
    keyName: canonicalName(key.name),
    algorithm: key.algorithm,
    time,
    fudge: options.fudge ?? 300,
    error: options.error ? tsigErrors.BADTIME : 0,
    other,
  }
  const mac = computeMac(Buffer.from(message), key, variables, options.requestMac)
  return { bytes: appendTsig(Buffer.from(message), variables, mac), mac }
}

/**
 * Checks the TSIG of a message in the order of RFC 8945 section 5.2: key, MAC, time. On success `message` is the message
 * as it was before signing. A reply that reports a TSIG error gives `refused` with that error.
 */
export function verifyMessage(
  message: Uint8Array,
  keys: TsigKey | readonly TsigKey[] | ((name: string) => TsigKey | undefined),
  options: VerifyOptions,
): Verified {
  const bytes = Buffer.from(message)
  const parsed = readMessage(bytes)
  const record = parsed.sections[2].at(-1)
  if (allRecords(parsed).some((other) => other.type === 'TSIG' && other !== record)) {
    return { ok: false, reason: 'misplaced' }
  }
  if (record?.type !== 'TSIG') return { ok: false, reason: 'unsigned' }
  const tsig = readTsig(record)
  const time = tsig.time * 1000
  const failed = { ok: false, keyName: tsig.keyName, algorithm: tsig.algorithm, mac: tsig.mac, time } as const

  if (options.requestMac && tsig.error !== 0 && tsig.mac.length === 0) {
    // BADKEY and BADSIG replies are not signed (RFC 8945 section 5.3.2): believed as a refusal, never as an answer.
    return { ok: false, reason: 'refused', error: tsigErrorName(tsig.error) }
  }
  const key = findKey(keys, tsig.keyName)
  if (!key || key.algorithm !== tsig.algorithm) return { ...failed, reason: 'BADKEY' }

  const stripped = Buffer.from(bytes.subarray(0, record.start))
  stripped.writeUInt16BE(parsed.sections[2].length - 1, 10)
  stripped.writeUInt16BE(tsig.originalId, 0)
  const expected = computeMac(stripped, key, tsig, options.requestMac)
  // Truncated MACs (RFC 8945 section 5.2.2.1) are legal down to half the length; we ask for all of it.
  if (tsig.mac.length !== expected.length || !timingSafeEqual(tsig.mac, expected))
    return { ...failed, reason: 'BADSIG' }

  if (tsig.error !== 0) {
    const serverTime =
      tsig.error === tsigErrors.BADTIME && tsig.other.length === 6 ? tsig.other.readUIntBE(0, 6) : undefined
    return {
      ok: false,
      reason: 'refused',
      error: tsigErrorName(tsig.error),
      ...(serverTime === undefined ? {} : { serverTime: serverTime * 1000 }),
    }
  }
  if (Math.abs(Math.floor(options.now / 1000) - tsig.time) > tsig.fudge) return { ...failed, reason: 'BADTIME', key }
  return { ok: true, key, mac: tsig.mac, message: stripped, time }
}

/** Signs a further message of a zone transfer (RFC 8945 section 5.3.1), with the MAC of the one before. */
export function signContinuation(
  message: Uint8Array,
  key: TsigKey,
  options: { now: number; priorMac: Buffer },
): Signed {
  const [time, fudge] = [Math.floor(options.now / 1000), 300]
  const { priorMac } = options
  const mac = macOfContinuation(key, { priorMac, unsigned: [], message: Buffer.from(message), time, fudge })
  const variables = { keyName: canonicalName(key.name), algorithm: key.algorithm, time, fudge, error: 0 }
  return { bytes: appendTsig(Buffer.from(message), { ...variables, other: Buffer.alloc(0) }, mac), mac }
}

/**
 * Checks a further message of a zone transfer (RFC 8945 section 5.3.1): its MAC covers the one before, the messages since
 * that came without, and the time. Gives the new MAC, or undefined for a message that carries none.
 */
export function verifyContinuation(
  message: Uint8Array,
  key: TsigKey,
  { now, priorMac, unsigned }: { now: number; priorMac: Buffer; unsigned: readonly Buffer[] },
): { ok: true; mac: Buffer | undefined } | { ok: false } {
  const bytes = Buffer.from(message)
  const parsed = readMessage(bytes)
  const record = parsed.sections[2].at(-1)
  if (record?.type !== 'TSIG') return { ok: true, mac: undefined }
  const tsig = readTsig(record)
  if (tsig.error !== 0 || tsig.algorithm !== key.algorithm || tsig.keyName !== canonicalName(key.name))
    return { ok: false }
  const stripped = Buffer.from(bytes.subarray(0, record.start))
  stripped.writeUInt16BE(parsed.sections[2].length - 1, 10)
  stripped.writeUInt16BE(tsig.originalId, 0)
  const expected = macOfContinuation(key, { priorMac, unsigned, message: stripped, time: tsig.time, fudge: tsig.fudge })
  if (tsig.mac.length !== expected.length || !timingSafeEqual(tsig.mac, expected)) return { ok: false }
  return Math.abs(Math.floor(now / 1000) - tsig.time) > tsig.fudge ? { ok: false } : { ok: true, mac: tsig.mac }
}

function macOfContinuation(
  key: TsigKey,
  covered: { priorMac: Buffer; unsigned: readonly Buffer[]; message: Buffer; time: number; fudge: number },
): Buffer {
  const { priorMac, unsigned, message, time, fudge } = covered
  const hmac = createHmac(key.algorithm.replace('hmac-', ''), Buffer.from(key.secret, 'base64'))
  hmac.update(u16(priorMac.length)).update(priorMac)
  for (const each of unsigned) hmac.update(each)
  return hmac.update(message).update(time48(time)).update(u16(fudge)).digest()
}

/**
 * Finishes a server's NOTAUTH reply to a request whose TSIG failed (RFC 8945 section 5.2): BADKEY and BADSIG go out with
 * an empty MAC, BADTIME is signed and carries the server's clock, so that the client can tell which clock is wrong.
 */
export function signRefusal(reply: Uint8Array, failure: Extract<Verified, { reason: TsigError }>, now: number): Buffer {
  if (failure.reason === 'BADTIME' && failure.key) {
    const error = { code: 'BADTIME', serverTime: now, requestTime: failure.time } as const
    return signMessage(reply, failure.key, { now, requestMac: failure.mac, error }).bytes
  }
  const variables = {
    keyName: failure.keyName,
    algorithm: failure.algorithm,
    time: Math.floor(now / 1000),
    fudge: 300,
    error: tsigErrors[failure.reason],
    other: Buffer.alloc(0),
  }
  return appendTsig(Buffer.from(reply), variables, Buffer.alloc(0))
}

interface TsigVariables {
  keyName: string
  algorithm: string
  time: number
  fudge: number
  error: number
  other: Buffer
}

function computeMac(message: Buffer, key: TsigKey, variables: TsigVariables, requestMac?: Buffer): Buffer {
  const hmac = createHmac(key.algorithm.replace('hmac-', ''), Buffer.from(key.secret, 'base64'))
  if (requestMac) hmac.update(u16(requestMac.length)).update(requestMac)
  return hmac
    .update(message)
    .update(encodeName(variables.keyName))
    .update(Buffer.from([0, 255, 0, 0, 0, 0])) // class ANY, TTL 0
    .update(encodeName(variables.algorithm))
    .update(time48(variables.time))
    .update(u16(variables.fudge))
    .update(u16(variables.error))
    .update(u16(variables.other.length))
    .update(variables.other)
    .digest()
}

function appendTsig(message: Buffer, variables: TsigVariables, mac: Buffer): Buffer {
  const rdata = Buffer.concat([
    encodeName(variables.algorithm),
    time48(variables.time),
    u16(variables.fudge),
    u16(mac.length),
    mac,
    message.subarray(0, 2),
    u16(variables.error),
    u16(variables.other.length),
    variables.other,
  ])
  const record = writeRecord({ name: variables.keyName, type: 'TSIG', class: 255, ttl: 0, rdata })
  const bytes = Buffer.concat([message, record])
  bytes.writeUInt16BE(message.readUInt16BE(10) + 1, 10)
  return bytes
}

function readTsig(record: WireRecord): TsigVariables & { mac: Buffer; originalId: number } {
  // The MAC covers these two as constants (RFC 8945 section 4.3.3), so other values would pass unnoticed.
  if (record.class !== 255 || record.ttl !== 0) throw new DnsFormatError('the TSIG record is not of class ANY, TTL 0')
  const { name: algorithm, next } = decodeName(record.rdata, 0)
  const macLength = record.rdata.length >= next + 10 ? record.rdata.readUInt16BE(next + 8) : Number.POSITIVE_INFINITY
  const after = next + 10 + macLength
  if (record.rdata.length < after + 6) throw new DnsFormatError('the TSIG record is cut short')
  const otherLength = record.rdata.readUInt16BE(after + 4)
  if (record.rdata.length !== after + 6 + otherLength) throw new DnsFormatError('the TSIG record has a wrong length')
  return {
    keyName: canonicalName(record.name),
    algorithm: canonicalName(algorithm),
    time: record.rdata.readUIntBE(next, 6),
    fudge: record.rdata.readUInt16BE(next + 6),
    mac: Buffer.from(record.rdata.subarray(next + 10, after)),
    originalId: record.rdata.readUInt16BE(after),
    error: record.rdata.readUInt16BE(after + 2),
    other: Buffer.from(record.rdata.subarray(after + 6)),
  }
}

function findKey(keys: Parameters<typeof verifyMessage>[1], name: string): TsigKey | undefined {
  if (typeof keys === 'function') return keys(name)
  const list = 'secret' in keys ? [keys] : keys
  return list.find((key) => canonicalName(key.name) === name)
}

function tsigErrorName(code: number): TsigError | string {
  for (const name of ['BADSIG', 'BADKEY', 'BADTIME'] as const) if (tsigErrors[name] === code) return name
  return `TSIG error ${code}`
}

const allRecords = (message: WireMessage) => message.sections.flat()

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function time48(seconds: number): Buffer {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(seconds, 0, 6)
  return bytes
}
