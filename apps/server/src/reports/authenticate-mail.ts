import { isDefinite, type Resolver } from '@dmarc-as-code/dns/resolver'
import { recordsOfType } from '@dmarc-as-code/dns/wire'
import { domainOfAddress, organisationOf } from './mail-headers.ts'

/** The mail as it came in over SMTP. */
export interface ReceivedMail {
  raw: Uint8Array
  client_address: string | null
  helo: string | null
  envelope_from: string | null
  from_address: string | null
}

/** What is known of the sender of a mail. */
export interface MailAuthentication {
  /** The domain of From, in lower case; null without one. */
  from: string | null
  /** Domains that the mail authenticates as: by DKIM signatures that verify, and by SPF. */
  dkim: string[]
  spf: string | null
  /** The domain of From is one of them, or has its registrable domain (relaxed alignment, RFC 9989 section 4.4). */
  aligned: boolean
}

/** A look-up failed for a reason that may pass: the mail is looked at again later. */
export class AuthenticationDelayedError extends Error {
  override readonly name = 'AuthenticationDelayedError'
}

/** Milliseconds for all questions about one mail. */
const lookTime = 20_000
const questionTime = 5000
/** Questions about one mail: signatures, SPF with its includes, and the DMARC records. */
const mostQuestions = 60

/** @throws {AuthenticationDelayedError} when DNS did not answer and nothing else authenticates the mail */
export async function authenticateMail(
  mail: ReceivedMail,
  resolver: Resolver,
  signal?: AbortSignal,
): Promise<MailAuthentication> {
  const { authenticate } = await import('mailauth')
  const dns = lookUps(resolver, signal)
  const result = await authenticate(Buffer.from(mail.raw), {
    ip: mail.client_address ?? '127.0.0.1',
    helo: mail.helo ?? 'unknown.invalid',
    sender: mail.envelope_from ?? '',
    mta: 'localhost',
    disableArc: true,
    disableBimi: true,
    resolver: dns.resolve,
  })
  const from = domainOfAddress(mail.from_address) ?? null
  const dkim = (result.dkim?.results ?? [])
    // A signature over a part of the body says nothing about what was appended.
    .filter(({ status, canonBodyLengthLimited }) => status.result === 'pass' && !canonBodyLengthLimited)
    .flatMap(({ signingDomain }) => (signingDomain ? [signingDomain.toLowerCase()] : []))
  const spfResult = result.spf || undefined
  const spf =
    mail.client_address !== null && spfResult?.status.result === 'pass'
      ? (domainOfAddress(mail.envelope_from) ?? mail.helo)
      : null
  const authenticated = [...dkim, ...(spf ? [spf] : [])]
  const aligned = from !== null && authenticated.some((domain) => organisationOf(domain) === organisationOf(from))
  if (!aligned && dns.failed())
    throw new AuthenticationDelayedError('DNS did not answer every question about the mail.')
  return { from, dkim: [...new Set(dkim)].slice(0, 10), spf, aligned }
}

/** Look-ups in the form of `dns.promises.resolve`, with a budget. */
function lookUps(resolver: Resolver, signal: AbortSignal | undefined) {
  const run = resolver.begin({ timeout: lookTime, signal })
  let asked = 0
  let failures = 0
  const types = ['A', 'AAAA', 'CNAME', 'MX', 'PTR', 'TXT'] as const
  async function resolve(name: string, rrtype: string): Promise<string[][] | string[]> {
    const type = types.find((known) => known === rrtype)
    asked += 1
    if (type === undefined || asked > mostQuestions) throw coded('ENOTFOUND', name)
    // Where only stub zones are asked, there is nothing beyond them.
    if (run.recursors.length === 0 && !run.stubFor(name)) throw coded('ENOTFOUND', name)
    const answer = await run
      .lookUp({ name, type }, { deadline: AbortSignal.timeout(questionTime) })
      .catch((error: unknown) => {
        signal?.throwIfAborted()
        failures += 1
        throw coded('ETIMEOUT', name, error)
      })
    if (!isDefinite(answer)) {
      failures += 1
      throw coded('ESERVFAIL', name)
    }
    const records = recordsOfType(answer.records, type)
    if (records.length === 0) throw coded('ENODATA', name)
    return records.map(({ data }) => shaped(type, data)) as string[][] | string[]
  }
  return { resolve, failed: () => failures > 0 }
}

/** TXT as lists of strings, MX as objects, as Node's resolver answers. */
function shaped(type: string, data: unknown): unknown {
  if (type === 'TXT') return [data]
  if (type !== 'MX') return data
  const { preference, exchange } = data as { preference: number; exchange: string }
  return { priority: preference, exchange }
}

function coded(code: string, name: string, cause?: unknown): Error {
  return Object.assign(new Error(`${code} ${name}`, { cause }), { code })
}
