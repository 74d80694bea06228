import { randomInt } from 'node:crypto'
import { Course } from './course.ts'
import { queryDoh } from './doh.ts'
import { limitError } from './errors.ts'
import { Habits } from './habits.ts'
import { queryTcp } from './tcp.ts'
import type { DnsClient } from './types.ts'
import { queryUdp } from './udp.ts'

export interface DnsClientOptions {
  /** For DoH. Default: the built-in one. */
  fetch?: typeof fetch
  /** A message id, 0 to 65535, that nobody can guess. Default: `node:crypto`. */
  messageId?: () => number
}

/**
 * A DNS client that asks over UDP, TCP or DoH, by what the server is and what it takes (see `Course`). Every question has its own socket, source port and id.
 */
export function createDnsClient(options: DnsClientOptions = {}): DnsClient {
  const messageId = options.messageId ?? (() => randomInt(65_536))
  const habits = new Habits()
  return {
    async query(question, server, queryOptions = {}) {
      if ('url' in server) {
        const timeout = queryOptions.timeout ?? 2000
        return queryDoh(question, server, { ...queryOptions, timeout, fetch: options.fetch ?? fetch })
      }
      const target = { ...server, port: server.port ?? 53 }
      const course = new Course(target, queryOptions, habits)
      for (;;) {
        if (course.spent) throw limitError(question, target)
        try {
          const ask = course.transport === 'tcp' ? queryTcp : queryUdp
          const message = await ask(question, target, messageId(), course.options)
          if (course.takes(message)) return message
        } catch (error) {
          const final = course.failed(error)
          if (final !== undefined) throw final
        }
      }
    },
  }
}
