import {
  hostedNames,
  parseDmarc,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  parseTlsRpt,
  type RecordKind,
} from '@dmarc-as-code/records'
import { isDefinite } from '../observe/classify.ts'
import type { ResolverRun } from '../observe/run.ts'
import type { ServerAnswer } from '../observe/types.ts'
import type { PolicyAnswer, PolicyFetcher } from '../verify/policy-fetch.ts'
import { recordsOfType } from '../wire/records.ts'

/** What servers that send mail make of one of a domain's names: not what stands in the zone, but what it comes to. */
export interface ReceiverView {
  /** `unknown`: it could not be looked up, which is no proof of anything. */
  status: 'present' | 'missing' | 'invalid' | 'unknown'
  reason?: string
  message: string
  fix?: string
  /** The texts behind the name, aliases followed. */
  texts: string[]
}

type TextKind = Exclude<RecordKind, 'mta_sts_policy'>

const texts: {
  readonly [Kind in TextKind]: {
    readonly label: string
    readonly begins: RegExp
    readonly parse: (text: string) => { readonly ok: boolean; readonly errors: readonly { readonly message: string }[] }
    readonly rule: string
  }
} = {
  dmarc: { label: 'DMARC', begins: /^v\s*=\s*DMARC1\s*(;|$)/i, parse: parseDmarc, rule: 'RFC 9989' },
  mta_sts_id: { label: 'MTA-STS', begins: /^v=STSv1\s*(;|$)/, parse: parseMtaStsRecord, rule: 'RFC 8461 section 3.1' },
  tls_rpt: { label: 'TLS-RPT', begins: /^v=TLSRPTv1\s*(;|$)/, parse: parseTlsRpt, rule: 'RFC 8460 section 3' },
}

/**
 * Looks a TXT record up as receivers do: aliases and wildcards count, and more than one record means none. `known` spares
 * questions: the answer, or the target of a CNAME that has just been verified.
 */
export async function viewText(
  kind: TextKind,
  domain: string,
  run: ResolverRun,
  known: { answer?: ServerAnswer | undefined; target?: string | undefined } = {},
): Promise<ReceiverView> {
  const name = hostedNames(domain)[kind]
  const { label, begins, parse, rule } = texts[kind]
  const answer = known.answer ?? (await glimpseOrLookUp(run, known.target ?? name, 'TXT'))
  if (!isDefinite(answer)) return notKnown(name, answer)
  const found = recordsOfType(answer.records, 'TXT').map((record) => record.data)
  const target = recordsOfType(answer.records, 'CNAME').at(-1)?.data ?? known.target
  const candidates = found.filter((text) => begins.test(text))
  const [only, ...others] = candidates
  if (only !== undefined && others.length > 0) {
    return {
      status: 'invalid',
      reason: 'several-records',
      message: `There are ${candidates.length} ${label} records, and receivers then use none of them (${rule}).`,
      fix: `Keep one and delete the others at ${target ?? name}.`,
      texts: found,
    }
  }
  if (only !== undefined) {
    const problem = parse(only).ok ? undefined : parse(only).errors[0]?.message
    if (problem !== undefined) return { status: 'invalid', message: problem, texts: found }
    const message = target === undefined ? 'A record of its own stands there.' : `${target} answers with the record.`
    return { status: 'present', message, texts: found }
  }
  if (target !== undefined) {
    return {
      status: 'invalid',
      reason: found.length > 0 ? 'other-record' : 'dangling',
      message:
        found.length > 0
          ? `${name} is a CNAME to ${target}, which has a TXT record that is not ${label}; receivers see none.`
          : `${name} is a CNAME to ${target}, which has no TXT record; receivers see none.`,
      fix: 'Correct the target, or remove the CNAME.',
      texts: found,
    }
  }
  const problem = found[0] === undefined ? undefined : parse(found[0]).errors[0]?.message
  if (problem !== undefined) return { status: 'invalid', message: problem, texts: found }
  return { status: 'missing', message: 'Nothing is there.', texts: [] }
}

/** One question to one server where that tells everything; else a look-up that follows aliases and asks the others. */
export async function glimpseOrLookUp(run: ResolverRun, name: string, type: 'TXT' | 'A'): Promise<ServerAnswer> {
  const seen = await run.glimpse({ name, type })
  const whole = seen && (seen.outcome !== 'answer' || recordsOfType(seen.records, type, name).length > 0)
  return whole ? seen : run.lookUp({ name, type })
}

/** Fetches the policy file as sending servers do, and compares it with the domain's MX records. */
export async function viewPolicy(
  domain: string,
  run: ResolverRun,
  http: PolicyFetcher,
  signal: AbortSignal,
): Promise<ReceiverView> {
  const host = hostedNames(domain).mta_sts_policy
  const addresses = await run.lookUp({ name: host, type: 'A' })
  const more = await run.lookUp({ name: host, type: 'AAAA' })
  const reachable = [...recordsOfType(addresses.records, 'A'), ...recordsOfType(more.records, 'AAAA')]
  if (reachable.length === 0) {
    if (!isDefinite(addresses)) return notKnown(host, addresses)
    const target = recordsOfType(addresses.records, 'CNAME').at(-1)?.data
    if (target === undefined) return { status: 'missing', message: 'Nothing is there.', texts: [] }
    const message = `${host} is a CNAME to ${target}, which has no address; senders cannot fetch the policy.`
    return {
      status: 'invalid',
      reason: 'dangling',
      message,
      fix: 'Correct the target, or remove the CNAME.',
      texts: [],
    }
  }
  const answer = await http.fetch(
    host,
    reachable.map((record) => record.data),
    { signal },
  )
  const problem = problemOf(host, answer)
  if (problem) return { status: 'invalid', ...problem, texts: [] }
  const policy = parseMtaStsPolicy(answer.ok ? answer.body : '').tags
  const uncovered = policy.mode === 'none' ? [] : await uncoveredMx(domain, policy.mx, run)
  if (uncovered.length === 0)
    return { status: 'present', message: `The policy (mode ${policy.mode}) is served.`, texts: [] }
  const loses = policy.mode === 'enforce' ? 'senders that honour it deliver no mail there' : 'it cannot be enforced'
  return {
    status: 'invalid',
    reason: 'mx-not-covered',
    message: `The policy (mode ${policy.mode}) does not name ${uncovered.join(', ')} of the domain's MX records; ${loses}.`,
    fix: 'Add them to the "mx" lines of the policy, and change the id in its TXT record.',
    texts: [],
  }
}

function problemOf(host: string, answer: PolicyAnswer): { reason: string; message: string } | undefined {
  if (!answer.ok) return { reason: answer.reason, message: answer.message }
  const url = `https://${host}/.well-known/mta-sts.txt`
  if (answer.status !== 200) {
    const redirects = answer.status >= 300 && answer.status < 400
    return {
      reason: redirects ? 'redirect' : 'status',
      message: `${url} answers with HTTP status ${answer.status}, expected 200${redirects ? '; senders do not follow redirects' : ''}.`,
    }
  }
  const mediaType = answer.contentType.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'text/plain') {
    return {
      reason: 'media-type',
      message: `${url} is served ${mediaType ? `as ${mediaType}` : 'without a media type'}, expected text/plain.`,
    }
  }
  const parsed = parseMtaStsPolicy(answer.body)
  if (parsed.ok) return undefined
  return {
    reason: 'invalid-policy',
    message: `${url} is no valid policy: ${parsed.errors[0]?.message ?? 'it cannot be read'}`,
  }
}

/** The domain's mail servers that no line of the policy covers. Empty where they cannot be looked up, or there are none. */
async function uncoveredMx(domain: string, patterns: readonly string[], run: ResolverRun): Promise<string[]> {
  const answer = await run.lookUp({ name: domain, type: 'MX' })
  const hosts = recordsOfType(answer.records, 'MX').map((record) => record.data.exchange)
  // A null MX (RFC 7505) takes no mail.
  return [...new Set(hosts)].filter(
    (host) => host !== '' && host !== '.' && !patterns.some((pattern) => covers(pattern, host)),
  )
}

/** RFC 8461 section 4.1: a wildcard stands for exactly one label. */
function covers(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host
  const dot = host.indexOf('.')
  return dot > 0 && host.slice(dot + 1) === pattern.slice(2)
}

function notKnown(name: string, answer: ServerAnswer): ReceiverView {
  return {
    status: 'unknown',
    message: `${name} could not be looked up (${answer.error ?? answer.outcome}).`,
    texts: [],
  }
}
