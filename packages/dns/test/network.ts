import { DnsQueryError } from '../src/transport/errors.ts'
import { answersQuestion } from '../src/transport/match.ts'
import type { DnsClient, DnsServer } from '../src/transport/types.ts'
import { decodeMessage } from '../src/wire/decode.ts'
import { encodeQuery } from '../src/wire/encode.ts'
import type { DnsMessage } from '../src/wire/types.ts'
import { runScript, type Script } from './scripted-dns.ts'

/**
 * A network without sockets: scripts at addresses. Messages are really encoded and decoded; silence is a time-out at
 * once, an unknown address is out of reach.
 */
export function network(scripts: Record<string, Script>): DnsClient & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    async query(question, server, options = {}) {
      options.signal?.throwIfAborted()
      const address = addressOf(server)
      asked.push(`${address} ${question.name} ${question.type}`)
      const script = scripts[address]
      if (!script) throw new DnsQueryError('network', question, server, 'no route to host')
      const { packets } = runScript(script, encodeQuery(7, question, options), 'udp', 40_000)
      for (const { answer } of packets) {
        const message = decodeOrNothing(answer)
        if (message && answersQuestion(message, 7, question)) return message
      }
      throw new DnsQueryError('timeout', question, server, 'nothing came back')
    },
  }
}

function decodeOrNothing(bytes: Buffer): DnsMessage | undefined {
  try {
    return decodeMessage(bytes)
  } catch {
    return undefined
  }
}

function addressOf(server: DnsServer): string {
  return 'url' in server ? server.url : server.address
}
