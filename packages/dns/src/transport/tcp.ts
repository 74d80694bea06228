import { createConnection } from 'node:net'
import { decodeMessage } from '../wire/decode.ts'
import { encodeQuery } from '../wire/encode.ts'
import type { DnsMessage, DnsQuestion } from '../wire/types.ts'
import { DnsQueryError } from './errors.ts'
import { answersQuestion } from './match.ts'
import type { QueryOptions } from './types.ts'
import { withTimeout } from './with-timeout.ts'

/** One question over TCP (RFC 7766), on a connection of its own. */
export function queryTcp(
  question: DnsQuestion,
  server: { address: string; port: number; name?: string },
  id: number,
  options: QueryOptions & { timeout: number },
): Promise<DnsMessage> {
  const query = encodeQuery(id, question, options)
  const framed = Buffer.alloc(query.length + 2)
  framed.writeUInt16BE(query.length)
  query.copy(framed, 2)
  return withTimeout<DnsMessage>(
    options.timeout,
    options.signal,
    () => new DnsQueryError('timeout', question, server, `nothing came back over TCP within ${options.timeout} ms`),
    (resolve, reject) => {
      const socket = createConnection({ host: server.address, port: server.port })
      let received: Buffer = Buffer.alloc(0)
      socket.on('connect', () => socket.write(framed))
      socket.on('error', (error) => reject(new DnsQueryError('network', question, server, error.message, error)))
      socket.on('close', () =>
        reject(new DnsQueryError('network', question, server, 'the TCP connection was closed before an answer')),
      )
      socket.on('data', (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        if (received.length < 2) return
        const length = received.readUInt16BE(0)
        if (received.length < length + 2) return
        try {
          const message = decodeMessage(received.subarray(2, length + 2))
          if (answersQuestion(message, id, question)) resolve(message)
          else reject(new DnsQueryError('malformed', question, server, 'the TCP answer belongs to another question'))
        } catch (error) {
          reject(new DnsQueryError('malformed', question, server, (error as Error).message, error))
        }
      })
      return () => {
        socket.removeAllListeners('close')
        socket.destroy()
      }
    },
  )
}
