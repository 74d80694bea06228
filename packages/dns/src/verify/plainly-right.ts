import type { RecordKind } from '@dmarc-as-code/records'
import { askedServer } from '../observe/classify.ts'
import type { DnsServer } from '../transport/types.ts'
import type { DnsMessage } from '../wire/types.ts'
import { pointsText } from './text.ts'
import type { CnameVerdict } from './types.ts'

// The short way to the commonest verdict. It may find nothing verified that `judgeCname` would not (a test compares them);
// whatever it is not sure of it leaves to a closer look.

/**
 * Whether an answer to a question about `name` comes from an authority and shows one CNAME to `target` and nothing beside
 * it. Both names normalised.
 */
export function isPlainlyRight(message: DnsMessage, name: string, target: string): boolean {
  // NXDOMAIN beside an alias speaks of the alias's end (RFC 2308 section 2.1).
  if (!message.authoritative || (message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN')) return false
  let found = false
  for (const record of message.answers) {
    // What the alias leads to may come along.
    if (record.name !== name) continue
    if (found || record.type !== 'CNAME' || record.data !== target) return false
    found = true
  }
  return found
}

/** The verdict where each of the servers of a stub zone answered so. */
export function plainlyRightVerdict(
  kind: RecordKind,
  name: string,
  target: string,
  asked: { server: DnsServer; message: DnsMessage }[],
  at: string,
): CnameVerdict {
  // All hold the same record, so it is shown once; its TTL is the last one's, as in `judgeCname`.
  const ttl = asked.at(-1)?.message.answers.find((record) => record.name === name)?.ttl ?? 0
  return {
    kind,
    name,
    expected: { type: 'CNAME', name, target },
    at,
    status: 'verified',
    message: pointsText(name, target),
    found: [{ name, type: 'CNAME', value: target, ttl }],
    fix: '',
    asked: asked.map(({ server }) => askedServer(server, 'authoritative')),
    vantage: 'authoritative',
    lastVerifiedAt: at,
  }
}
