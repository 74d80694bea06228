import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { decodeMessage } from '../wire/decode.ts'
import { encodeQuery } from '../wire/encode.ts'
import type { DnsMessage, DnsQuestion } from '../wire/types.ts'
import { DnsQueryError } from './errors.ts'
import { answersQuestion } from './match.ts'
import type { QueryOptions } from './types.ts'
import { withTimeout } from './with-timeout.ts'

/**
 * One question over UDP, once. A fresh connected socket gives each question a source port of its own and makes the
 * kernel drop packets from any other address; packets that answer another question are ignored, and the wait goes on.
 */
export function queryUdp(
  question: DnsQuestion,
  server: { address: string; port: number; name?: string },
  id: number,
  options: QueryOptions & { timeout: number },
): Promise<DnsMessage> {
  const query = encodeQuery(id, question, options)
  const fail = (code: 'timeout' | 'network', what: string, cause?: unknown) =>
    new DnsQueryError(code, question, server, what, cause)
  return withTimeout<DnsMessage>(
    options.timeout,
    options.signal,
    () => fail('timeout', `nothing came back within ${options.timeout} ms`),
    (resolve, reject) => {
      const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4')
      socket.on('error', (error) => reject(fail('network', describe(error), error)))
      socket.on('message', (bytes) => {
        try {
          const message = decodeMessage(bytes)
          if (answersQuestion(message, id, question)) resolve(message)
        } catch {
          // Garbage proves nothing: anyone can send it. The right answer may still come.
        }
      })
      socket.connect(server.port, server.address, (error?: Error) => {
        if (error) reject(fail('network', describe(error), error))
        else socket.send(query)
      })
      return () => {
        socket.removeAllListeners('message')
        socket.close()
      }
    },
  )
}

function describe(error: Error & { code?: string }): string {
  if (error.code === 'ECONNREFUSED') return 'nothing listens there (ECONNREFUSED)'
  return error.code ? `${error.message}` : String(error)
}
