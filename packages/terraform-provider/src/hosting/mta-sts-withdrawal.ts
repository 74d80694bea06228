import type { MtaStsPolicy } from '@dmarc-as-code/client'

/**
 * The warning about withdrawing an MTA-STS policy: title and detail. Undefined if no sender enforces the policy. `keepsRecords`:
 * the records stay until senders have had the time to fetch the new policy.
 */
export function withdrawalWarning(
  address: string,
  policy: Pick<MtaStsPolicy, 'mode' | 'mx_age'> | null | undefined,
  keepsRecords = false,
): [title: string, detail: string] | undefined {
  if (policy?.mode !== 'enforce') return undefined
  const days = policy.mx_age === 1 ? '1 day' : `${policy.mx_age} days`
  if (keepsRecords) {
    return [
      `Senders may cache the MTA-STS policy of ${address} for ${days}`,
      'The provider sets the policy to mode none and keeps its records until then, so that senders fetch the new policy (RFC 8461 section 8.3). ' +
        'The first apply after that turns hosting off. Keep the mail hosts unchanged until then. To choose another time, set `retire_after`.',
    ]
  }
  return [
    `Senders may cache the MTA-STS policy of ${address} for ${days}`,
    `Its mode is enforce, so senders that have fetched it enforce it for up to ${days}. The provider sets the policy to mode none before it turns hosting off. ` +
      `Keep the mail hosts and the CNAMEs of mta-sts and _mta-sts unchanged for ${days}, so that senders can fetch the new policy (RFC 8461 section 8.3). ` +
      `The safest way takes two steps: set mode = "none" and apply, wait ${days}, then remove hosted_mta_sts.`,
  ]
}
