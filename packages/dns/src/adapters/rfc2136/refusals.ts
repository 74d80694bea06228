import { DnsServiceError, type DnsServiceErrorKind } from '../../engine/errors.ts'
import { type AnyRcode, type SignedClient, SignedExchangeError } from '../../rfc2136/client.ts'

/** The server that answered, and whether it was asked with a key. */
type Asked = Pick<SignedClient, 'where' | 'signed'>
type Meaning = readonly [DnsServiceErrorKind, string]

// NOTAUTH is "not authoritative" (RFC 2136 section 2.2), and "not authorised" about a key (RFC 8945 section 5.2).
const notAuth = ({ signed }: Asked): Meaning => [
  'forbidden',
  signed
    ? 'It is not a primary server of this zone, or does not know the TSIG key; compare the address, and the name, algorithm and secret of the key, with its configuration.'
    : 'It is not a primary server of this zone; check the address. No TSIG key is set: some servers give this answer to requests without one.',
]

const meaningOf = (rcode: AnyRcode, asked: Asked, table: Partial<Record<AnyRcode, Meaning>>, other: Meaning) =>
  rcode === 'NOTAUTH' ? notAuth(asked) : (table[rcode] ?? other)

const seeLog = 'See the log of the server.'

/** For a server that does not say which of its zones holds a name. */
export function unanswered(rcode: AnyRcode, name: string, asked: Asked): DnsServiceError {
  const [kind, fix] = meaningOf(rcode, asked, lookUpProblems, ['forbidden', seeLog])
  const message = `${asked.where} answered ${rcode} when asked which zone holds ${name}.`
  return new DnsServiceError({ service: 'rfc2136', kind, message, fix })
}

const lookUpProblems: Partial<Record<AnyRcode, Meaning>> = {
  REFUSED: ['forbidden', 'It serves no zone with this name, or does not let this key or address ask.'],
  SERVFAIL: ['forbidden', 'It has the zone but cannot serve it (expired, not loaded); its log says why.'],
}

/** For a server that does not let a zone be read. */
export function unreadable(rcode: AnyRcode, zone: string, asked: Asked): DnsServiceError {
  const [kind, fix] = meaningOf(rcode, asked, readProblems, ['unavailable', seeLog])
  const message = `${asked.where} answered ${rcode} when ${zone} was read.`
  return new DnsServiceError({ service: 'rfc2136', kind, message, fix })
}

const readProblems: Partial<Record<AnyRcode, Meaning>> = {
  REFUSED: ['forbidden', 'Let this key or address query the zone.'],
}

/** For a server that does not make a change. */
export function refusal(rcode: AnyRcode, zone: string, asked: Asked): DnsServiceError {
  const [kind, fix] = meaningOf(rcode, asked, refusals, ['refused', seeLog])
  const message = `${asked.where} answered ${rcode} to a change of ${zone}.`
  return new DnsServiceError({ service: 'rfc2136', kind, message, fix })
}

const changed = 'The zone is no longer what it was when it was read; plan again.'
const refusals: Partial<Record<AnyRcode, Meaning>> = {
  YXDOMAIN: ['changed', changed],
  YXRRSET: ['changed', changed],
  NXDOMAIN: ['changed', changed],
  NXRRSET: ['changed', changed],
  REFUSED: [
    'forbidden',
    'Allow updates of these names for this key (BIND: update-policy, Knot: acl with action update).',
  ],
  FORMERR: [
    'refused',
    'The server does not understand a record in it: PowerDNS takes types that it does not know by its HTTP API only.',
  ],
  NOTZONE: ['refused', 'A name lies outside the zone; check the configured zones.'],
  NOTIMP: ['refused', 'The server does not take dynamic updates; switch them on or use its API.'],
  SERVFAIL: ['unavailable', 'The server could not carry it out; its log says why (often a journal it cannot write).'],
}

/** Runs an exchange; where no answer that can be trusted came, says so as a failure of the service. */
export async function guard<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    if (!(cause instanceof SignedExchangeError)) throw cause
    const [kind, fix] = exchangeProblems[cause.reason]
    throw new DnsServiceError({ service: 'rfc2136', kind, message: cause.message, fix }, { cause })
  }
}

const exchangeProblems: Record<SignedExchangeError['reason'], Meaning> = {
  BADKEY: ['unauthorised', 'The server does not know this key name or algorithm; compare both with its configuration.'],
  BADSIG: ['unauthorised', 'The secret differs from the one the server has for this key.'],
  BADTIME: ['unauthorised', 'Set both clocks by NTP; they may differ by five minutes at most.'],
  untrusted: ['bad-answer', 'Check that the server signs with the same key and that nothing sits in between.'],
  malformed: ['bad-answer', 'Check that this is a DNS server.'],
  'timed-out': ['timed-out', 'Check the address, the port and the firewall, or raise the timeout.'],
  unreachable: ['unavailable', 'Check the address, the port and whether the server runs.'],
}
