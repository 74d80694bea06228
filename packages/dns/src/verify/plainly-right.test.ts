import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askedServer, classify } from '../observe/classify.ts'
import type { Observation } from '../observe/types.ts'
import type { DnsServer } from '../transport/types.ts'
import type { DnsMessage, DnsRecord } from '../wire/types.ts'
import { judgeCname } from './cname-status.ts'
import { isPlainlyRight, plainlyRightVerdict } from './plainly-right.ts'

const name = '_dmarc.example.test'
const target = 'k3y.dmarc.hosted.test'
const at = '2026-05-04T10:00:00.000Z'
const question = { name, type: 'TXT' } as const

// Weighted towards the right answer, so that what is nearly right comes up often.
const owner = fc.constantFrom(name, name, name, target, 'x.example.test', 'example.test')
const host = fc.constantFrom(target, target, target, name, `${target}.example.test`, 'hosted.test', '')
const ttl = fc.nat(300)
const record: fc.Arbitrary<DnsRecord> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ name: owner, type: fc.constant('CNAME' as const), ttl, data: host }) },
  fc
    .record({ name: owner, ttl, data: fc.constantFrom('v=DMARC1', target) })
    .map((base) => ({ ...base, type: 'TXT' as const, strings: [base.data] })),
  fc.record({ name: owner, type: fc.constant('A' as const), ttl, data: fc.constantFrom('192.0.2.1', '192.0.2.2') }),
  fc.record({ name: owner, type: fc.constant('AAAA' as const), ttl, data: fc.constant('2001:db8::1') }),
  fc.record({
    name: owner,
    type: fc.constant('OTHER' as const),
    typeName: fc.constantFrom('RRSIG', 'TYPE99'),
    ttl,
    data: fc.constant(Uint8Array.of(1)),
  }),
)
const rightAndMore = fc
  .tuple(ttl, fc.array(record, { maxLength: 1 }))
  .map(([ttl, more]): DnsRecord[] => [{ name, type: 'CNAME', ttl, data: target }, ...more])
const message: fc.Arbitrary<DnsMessage> = fc.record({
  id: fc.nat(0xffff),
  response: fc.constant(true),
  rcode: fc.constantFrom('NOERROR', 'NOERROR', 'NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED', 'NOTAUTH', 'RCODE23'),
  opcode: fc.constant(0),
  authoritative: fc.constantFrom(true, true, true, false),
  truncated: fc.constant(false),
  recursionDesired: fc.boolean(),
  recursionAvailable: fc.boolean(),
  authenticData: fc.boolean(),
  checkingDisabled: fc.boolean(),
  question: fc.constant(question),
  answers: fc.oneof({ weight: 2, arbitrary: rightAndMore }, fc.array(record, { maxLength: 3 })),
  authority: fc.array(record, { maxLength: 1 }),
  additional: fc.array(record, { maxLength: 1 }),
  edns: fc.constant(undefined),
})
const server: fc.Arbitrary<DnsServer> = fc.oneof(
  fc.record({ address: fc.constantFrom('192.0.2.1', '192.0.2.2'), port: fc.constantFrom(53, 5353) }),
  fc.record({ address: fc.constant('2001:db8::53'), name: fc.constant('ns1.example.net') }),
)
const asked = fc.array(fc.record({ server, message }), { minLength: 1, maxLength: 3 })

/** The long way: what is made of the same messages when a name is looked at closely. */
function judged(asked: { server: DnsServer; message: DnsMessage }[]) {
  const answers = asked.map(({ server, message }) => classify(message, question, askedServer(server, 'authoritative')))
  const observation: Observation = {
    name,
    at,
    zone: { name: '', nameServers: [], nsNames: [], stub: true },
    cname: answers,
    txt: answers,
    addresses: [],
    recursive: [],
    leftOut: [],
    recursiveUnchecked: [],
    recursiveTxt: [],
  }
  return judgeCname({ kind: 'dmarc', target, observation })
}

describe('the short way to a verdict', () => {
  it('finds nothing right that the long way does not, and says the very same of it', () => {
    let right = 0
    fc.assert(
      fc.property(asked, (asked) => {
        if (!asked.every(({ message }) => isPlainlyRight(message, name, target))) return
        right++
        expect(plainlyRightVerdict('dmarc', name, target, asked, at)).toEqual(judged(asked))
      }),
      { numRuns: 20_000 },
    )
    expect(right).toBeGreaterThan(500)
  })

  it('takes what a plain authoritative server answers', () => {
    const cname = { name, type: 'CNAME' as const, ttl: 60, data: target }
    const txt = { name: target, type: 'TXT' as const, ttl: 60, data: 'v=DMARC1', strings: ['v=DMARC1'] }
    fc.assert(
      fc.property(message, fc.constantFrom('NOERROR', 'NXDOMAIN'), fc.boolean(), (message, rcode, along) => {
        const answers = along ? [cname, txt] : [cname]
        expect(isPlainlyRight({ ...message, rcode, authoritative: true, answers }, name, target)).toBe(true)
      }),
    )
  })
})
