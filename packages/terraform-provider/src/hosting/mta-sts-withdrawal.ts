import type { MtaStsPolicy } from '@dmarc-as-code/client'
import { DAY_MS } from './cached-policy.ts'

interface Circumstances {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Until when senders may enforce a policy that was served before. */
  readonly cached: number
  /** Whether the records stay until senders have had the time to fetch the new policy. */
  readonly keepsRecords?: boolean
}

/** The warning about withdrawing an MTA-STS policy: title and detail. Undefined if no sender enforces a policy. */
export function withdrawalWarning(
  address: string,
  policy: Pick<MtaStsPolicy, 'mode' | 'mx_age'> | null | undefined,
  { now, cached, keepsRecords = false }: Circumstances,
): [title: string, detail: string] | undefined {
  const served = policy?.mode === 'enforce' ? policy.mx_age : 0
  const earlier = Math.ceil((cached - now) / DAY_MS)
  const longest = Math.max(served, earlier)
  if (longest <= 0) return undefined
  const days = longest === 1 ? '1 day' : `${longest} days`
  const policies = earlier > served ? 'an earlier MTA-STS policy' : 'the MTA-STS policy'
  if (keepsRecords) {
    return [
      `Senders may cache ${policies} of ${address} for ${days}`,
      'The provider sets the policy to mode none and keeps its records until then, so that senders fetch the new policy (RFC 8461 section 8.3). ' +
        'The first apply after that turns hosting off. Keep the mail hosts unchanged until then. To choose another time, set `retire_after`.',
    ]
  }
  return [
    `Senders may cache ${policies} of ${address} for ${days}`,
    `Its mode ${earlier > served ? 'was' : 'is'} enforce, so senders that have fetched it enforce it for up to ${days}. The provider sets the policy to mode none before it turns hosting off. ` +
      `Keep the mail hosts and the CNAMEs of mta-sts and _mta-sts unchanged for ${days}, so that senders can fetch the new policy (RFC 8461 section 8.3). ` +
      `The safest way takes two steps: set mode = "none" and apply, wait ${days}, then remove hosted_mta_sts.`,
  ]
}
