import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import packet, { type Answer, type DecodedPacket } from 'dns-packet'

/** An answer of the scripted server; what is left out is as a well-behaved authoritative server would have it. */
export interface ScriptedAnswer {
  /** Number; default 0, NOERROR. */
  rcode?: number
  aa?: boolean
  tc?: boolean
  ad?: boolean
  answers?: Answer[]
  authorities?: Answer[]
  additionals?: Answer[]
  /** Added to the query's id: a wrong id. */
  idOffset?: number
  /** Another question than the one asked. */
  question?: { name: string; type: 'A' | 'TXT' | 'CNAME' }
  /** Leaves the question out. */
  noQuestion?: boolean
  /** Leaves EDNS out. */
  noEdns?: boolean
  /** Milliseconds before it is sent. */
  delay?: number
}

export type Reply = ScriptedAnswer | Buffer | 'silent' | (ScriptedAnswer | Buffer)[]

export interface ScriptedQuery {
  /** Lower-case. */
  name: string
  type: string
  recursionDesired: boolean
  checkingDisabled: boolean
  edns: boolean
  transport: 'udp' | 'tcp'
  /** The sender's port. */
  port: number
}

export type Script = (query: ScriptedQuery) => Reply

export const rcode = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, NOTAUTH: 9 } as const

export interface ScriptedDns {
  address: string
  port: number
  queries: ScriptedQuery[]
  /** May be changed while it runs. */
  script: Script
  close(): Promise<void>
}

/** A DNS server on loopback, UDP and TCP on one port, that can answer anything. */
export async function startScriptedDns(script: Script): Promise<ScriptedDns> {
  const udp = createSocket('udp4')
  const tcp = createServer()
  const sockets = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  const server: ScriptedDns = { address: '127.0.0.1', port: 0, queries: [], script, close }

  udp.on('message', (bytes, peer) =>
    reply(bytes, 'udp', peer.port, (answer) => udp.send(answer, peer.port, peer.address, () => {})),
  )
  tcp.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let received = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 2 && received.length >= received.readUInt16BE(0) + 2) {
        const length = received.readUInt16BE(0)
        reply(received.subarray(2, length + 2), 'tcp', socket.remotePort ?? 0, (answer) => {
          const head = Buffer.alloc(2)
          head.writeUInt16BE(answer.length)
          socket.write(Buffer.concat([head, answer]))
        })
        received = received.subarray(length + 2)
      }
    })
  })

  // UDP takes a port, TCP the same one; taken meanwhile, another pair is tried.
  for (let attempt = 0; ; attempt++) {
    await new Promise<void>((resolve, reject) => {
      tcp.once('error', reject)
      tcp.listen(0, '127.0.0.1', resolve)
    })
    const address = tcp.address()
    server.port = typeof address === 'object' && address ? address.port : 0
    const bound = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false))
      udp.bind(server.port, '127.0.0.1', () => resolve(true))
    })
    if (bound) return server
    if (attempt === 20) throw new Error('no loopback port is free for both UDP and TCP')
    await new Promise((resolve) => tcp.close(resolve))
  }

  function reply(bytes: Buffer, transport: 'udp' | 'tcp', port: number, send: (answer: Buffer) => void): void {
    const { query, packets } = runScript(server.script, bytes, transport, port)
    server.queries.push(query)
    for (const { answer, delay } of packets) {
      if (delay === 0) send(answer)
      else {
        const timer = setTimeout(() => {
          timers.delete(timer)
          send(answer)
        }, delay)
        timers.add(timer)
      }
    }
  }

  async function close(): Promise<void> {
    for (const timer of timers) clearTimeout(timer)
    for (const socket of sockets) socket.destroy()
    await Promise.all([
      new Promise<void>((resolve) => udp.close(() => resolve())),
      new Promise<void>((resolve) => tcp.close(() => resolve())),
    ])
  }
}

/** What a script sends back for the bytes of a query. */
export function runScript(
  script: Script,
  bytes: Buffer,
  transport: 'udp' | 'tcp',
  port: number,
): { query: ScriptedQuery; packets: { answer: Buffer; delay: number }[] } {
  const message = packet.decode(bytes) as DecodedPacket & { flag_cd: boolean }
  const question = message.questions?.[0]
  const query: ScriptedQuery = {
    name: (question?.name ?? '').toLowerCase(),
    type: question?.type ?? '',
    recursionDesired: message.flag_rd,
    checkingDisabled: message.flag_cd,
    edns: (message.additionals ?? []).some((record) => record.type === 'OPT'),
    transport,
    port,
  }
  const reply = script(query)
  const replies = reply === 'silent' ? [] : Array.isArray(reply) ? reply : [reply]
  return {
    query,
    packets: replies.map((one) =>
      Buffer.isBuffer(one) ? { answer: one, delay: 0 } : { answer: encodeAnswer(message, one), delay: one.delay ?? 0 },
    ),
  }
}

function encodeAnswer(query: DecodedPacket, answer: ScriptedAnswer): Buffer {
  const flags =
    (answer.rcode ?? 0) |
    (answer.aa === false ? 0 : packet.AUTHORITATIVE_ANSWER) |
    (answer.tc ? packet.TRUNCATED_RESPONSE : 0) |
    (answer.ad ? packet.AUTHENTIC_DATA : 0) |
    (query.flag_rd ? packet.RECURSION_DESIRED : 0)
  const opt = query.additionals?.find((record) => record.type === 'OPT')
  return packet.encode({
    type: 'response',
    id: ((query.id ?? 0) + (answer.idOffset ?? 0)) & 0xffff,
    flags,
    questions: answer.noQuestion ? [] : answer.question ? [answer.question] : (query.questions ?? []),
    answers: answer.answers ?? [],
    authorities: answer.authorities ?? [],
    additionals: [...(answer.additionals ?? []), ...(opt && !answer.noEdns ? [opt] : [])],
  })
}
