import { type PolicyAnswer, type PolicyFetcher, saysNothing, usablePolicy } from '@dmarc-as-code/dns/verify'
import { recordsOfType } from '@dmarc-as-code/dns/wire'
import { hostedNames, type ParsedMtaStsPolicy, parseMtaStsPolicy, selectMtaStsRecord } from '@dmarc-as-code/records'
import { type Found, found, notKnown } from './found.ts'
import { type LookUp, leadsTo } from './look-up.ts'

/** What senders find for a domain now. */
export interface CurrentMtaSts {
  /** Null where there is none: no record, no policy file, or one that senders cannot use. */
  policy: ParsedMtaStsPolicy | null
  /** Whether `mta-sts` of the domain leads to this server. */
  leadsHere: boolean
}

export interface MtaStsPlace {
  domain: string
  /** The targets of the domain's CNAMEs at this server. */
  targets: { mta_sts_policy: string; mta_sts_id: string }
  /** What this server serves for the domain now. */
  served: string | null
}

/** Milliseconds for the policy file. */
const fetchTime = 5000

/** Reads the policy that senders use: announced by one TXT record, fetched over HTTPS (RFC 8461 section 3). */
export async function currentMtaSts(
  { domain, targets, served }: MtaStsPlace,
  lookUp: LookUp,
  http: PolicyFetcher,
  signal?: AbortSignal,
): Promise<Found<CurrentMtaSts>> {
  const names = hostedNames(domain)
  const [texts, ipv4, ipv6] = await Promise.all([
    lookUp(names.mta_sts_id, 'TXT'),
    lookUp(names.mta_sts_policy, 'A'),
    lookUp(names.mta_sts_policy, 'AAAA'),
  ])
  if (!texts.known) return texts
  if (!ipv4.known) return ipv4
  const leadsHere = leadsTo(ipv4.value, targets.mta_sts_policy)
  const none = found({ policy: null, leadsHere })
  const values = recordsOfType(texts.value, 'TXT').map(({ data }) => data)
  if (!selectMtaStsRecord(values).ok) return none
  if (leadsHere) return found({ policy: served === null ? null : parseMtaStsPolicy(served), leadsHere })
  const addresses = [
    ...recordsOfType(ipv4.value, 'A').map(({ data }) => data),
    ...(ipv6.known ? recordsOfType(ipv6.value, 'AAAA').map(({ data }) => data) : []),
  ]
  if (addresses.length === 0) return ipv6.known ? none : ipv6
  const deadline = AbortSignal.timeout(fetchTime)
  const answer = await http
    .fetch(names.mta_sts_policy, addresses, { signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
    .catch((error) => {
      signal?.throwIfAborted()
      if (deadline.aborted) return tookTooLong(names.mta_sts_policy)
      throw error
    })
  if (saysNothing(answer)) {
    const why = answer.ok ? `${names.mta_sts_policy} answered with HTTP status ${answer.status}.` : answer.message
    return notKnown(`The policy file of ${domain} could not be read: ${why}`)
  }
  const policy = usablePolicy(answer)
  return found({ policy: policy === null ? null : parseMtaStsPolicy(policy), leadsHere })
}

const tookTooLong = (host: string): PolicyAnswer => ({
  ok: false,
  reason: 'connect',
  message: `${host} did not serve it within ${fetchTime / 1000} s.`,
})
