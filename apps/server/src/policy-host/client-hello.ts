/** What the first message of a TLS client offers. */
export interface ClientHello {
  /** Application protocols (ALPN, RFC 7301). */
  protocols: readonly string[]
}

const HANDSHAKE = 22
const CLIENT_HELLO = 1
const ALPN = 16

/** Reads the first message of a TLS client; `more` while it is not complete, undefined for anything else. Never throws. */
export function readClientHello(bytes: Buffer): ClientHello | 'more' | undefined {
  const message = handshakeMessage(bytes)
  if (message === undefined || message === 'more') return message
  try {
    return { protocols: offeredProtocols(message) }
  } catch {
    // It ends inside a field. TLS itself answers that.
    return undefined
  }
}

/** The message without its header, from one or several records. */
function handshakeMessage(bytes: Buffer): Buffer | 'more' | undefined {
  const parts: Buffer[] = []
  let length = 0
  for (let at = 0; ; ) {
    if (bytes.length > at && bytes.readUInt8(at) !== HANDSHAKE) return undefined
    if (bytes.length < at + 5) return 'more'
    const end = at + 5 + bytes.readUInt16BE(at + 3)
    if (end === at + 5) return undefined
    parts.push(bytes.subarray(at + 5, end))
    length += Math.min(end, bytes.length) - at - 5
    if (length >= 4) {
      const message = Buffer.concat(parts)
      if (message.readUInt8(0) !== CLIENT_HELLO) return undefined
      const size = message.readUIntBE(1, 3)
      if (length >= 4 + size) return message.subarray(4, 4 + size)
    }
    if (bytes.length < end) return 'more'
    at = end
  }
}

/** @throws {RangeError} when the message ends too early */
function offeredProtocols(message: Buffer): string[] {
  // Version, random; then session id, cipher suites and compression methods behind their lengths (RFC 8446 section 4.1.2).
  let at = 34
  at += 1 + message.readUInt8(at)
  at += 2 + message.readUInt16BE(at)
  at += 1 + message.readUInt8(at)
  const end = at + 2 + message.readUInt16BE(at)
  at += 2
  while (at < end) {
    const [type, length] = [message.readUInt16BE(at), message.readUInt16BE(at + 2)]
    if (type === ALPN) return protocolList(message.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return []
}

function protocolList(bytes: Buffer): string[] {
  const names: string[] = []
  for (let at = 2; at < 2 + bytes.readUInt16BE(0); ) {
    const length = bytes.readUInt8(at)
    names.push(bytes.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return names
}
