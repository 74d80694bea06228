import { randomInt } from 'node:crypto'
import type { DnsMessage, DnsQuestion } from '../wire/types.ts'
import { queryDoh } from './doh.ts'
import { refusesEdns } from './edns.ts'
import { DnsQueryError } from './errors.ts'
import { queryTcp } from './tcp.ts'
import type { DnsClient, QueryOptions } from './types.ts'
import { queryUdp } from './udp.ts'

export interface DnsClientOptions {
  /** For DoH. Default: the built-in one. */
  fetch?: typeof fetch
  /** A message id, 0 to 65535, that nobody can guess. Default: `node:crypto`. */
  messageId?: () => number
}

interface Target {
  address: string
  port: number
  name?: string
}

type TryOptions = QueryOptions & { timeout: number }

/**
 * A DNS client that asks over UDP (retrying, falling back to TCP when the answer was truncated), TCP or DoH, by what the
 * server is. Every question has its own socket, source port and id.
 */
export function createDnsClient(options: DnsClientOptions = {}): DnsClient {
  const messageId = options.messageId ?? (() => randomInt(65_536))
  return {
    async query(question, server, queryOptions = {}) {
      const tryOptions = { ...queryOptions, timeout: queryOptions.timeout ?? 2000 }
      if ('url' in server) return queryDoh(question, server, { ...tryOptions, fetch: options.fetch ?? fetch })
      const target = { ...server, port: server.port ?? 53 }
      if (server.transport === 'tcp') return queryTcp(question, target, messageId(), tryOptions)
      const message = await askUdp(question, target, tryOptions)
      if (queryOptions.edns === false || !refusesEdns(message)) return message
      return askUdp(question, target, { ...tryOptions, edns: false })
    },
  }

  async function askUdp(question: DnsQuestion, target: Target, tryOptions: TryOptions): Promise<DnsMessage> {
    const tries = Math.max(1, tryOptions.tries ?? 2)
    for (let attempt = 1; ; attempt++) {
      try {
        const message = await queryUdp(question, target, messageId(), tryOptions)
        if (!message.truncated) return message
        return await queryTcp(question, target, messageId(), tryOptions)
      } catch (error) {
        // A refused port will not open within milliseconds; only silence is worth another try.
        const again = error instanceof DnsQueryError && error.code === 'timeout' && attempt < tries
        if (!again) throw error
      }
    }
  }
}
