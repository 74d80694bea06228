import { createSocket } from 'node:dgram'
import { type AddressInfo, connect, createServer } from 'node:net'
import { opcodeOf, readMessage } from '../src/wire/message.ts'

export interface DnsRelay {
  port: number
  /** Every message that came: `QUERY TXT name`, `UPDATE zone`, in order. */
  seen: string[]
  close(): Promise<void>
}

export interface RelayBehaviour {
  /** Milliseconds before a message goes on. */
  delay?: number
  /** Whether the message is dropped. `count` is its number among the datagrams, from 1; 0 for a message over TCP. */
  drop?: (description: string, count: number) => boolean
  /** Whether the answer is dropped: the server has carried it out, and nobody hears of it. */
  dropAnswer?: (description: string) => boolean
}

/** Stands between a client and a real server on loopback, listens along, and is slow or deaf as told. */
export async function startDnsRelay(
  target: { address: string; port: number },
  behaviour: RelayBehaviour = {},
): Promise<DnsRelay> {
  const seen: string[] = []
  const pending = new Set<() => void>()
  let datagrams = 0
  const passes = (message: Buffer, via: 'udp' | 'tcp'): boolean => {
    const { flags, questions } = readMessage(message)
    const [question] = questions
    const kind = opcodeOf({ flags }) === 5 ? 'UPDATE' : `QUERY ${question?.type}`
    const description = `${kind} ${question?.name}`
    seen.push(description)
    return !behaviour.drop?.(description, via === 'udp' ? ++datagrams : 0)
  }
  const later = (act: () => void) => {
    const timer = setTimeout(() => {
      pending.delete(stop)
      act()
    }, behaviour.delay ?? 0)
    const stop = () => clearTimeout(timer)
    pending.add(stop)
  }

  const tcp = createServer((incoming) => {
    const outgoing = connect(target.port, target.address)
    let description = ''
    incoming.on('error', () => outgoing.destroy())
    outgoing.on('error', () => incoming.destroy())
    incoming.once('data', (chunk) => {
      if (!passes(chunk.subarray(2), 'tcp')) return
      description = seen.at(-1) ?? ''
      later(() => outgoing.write(chunk))
    })
    outgoing.on('data', (chunk) => {
      if (!behaviour.dropAnswer?.(description)) incoming.write(chunk)
    })
    incoming.on('close', () => outgoing.destroy())
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const { port } = tcp.address() as AddressInfo
  const udp = createSocket('udp4')
  udp.on('message', (message, peer) => {
    if (!passes(message, 'udp')) return
    const upstream = createSocket('udp4')
    upstream.once('message', (answer) => {
      udp.send(answer, peer.port, peer.address)
      upstream.close()
    })
    upstream.on('error', () => upstream.close())
    upstream.unref()
    later(() => upstream.send(message, target.port, target.address))
  })
  await new Promise<void>((resolve, reject) => {
    udp.once('error', reject)
    udp.bind(port, '127.0.0.1', resolve)
  })
  return {
    port,
    seen,
    close() {
      for (const stop of pending) stop()
      udp.close()
      return new Promise((resolve) => tcp.close(() => resolve()))
    },
  }
}
