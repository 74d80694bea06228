import type { MtaStsPolicy } from '@dmarc-as-code/client'

/** What to know before and after an MTA-STS policy is taken back: title and detail. Undefined when nobody is bound by it. */
export function withdrawalWarning(
  address: string,
  policy: Pick<MtaStsPolicy, 'mode' | 'mx_age'> | null | undefined,
): [title: string, detail: string] | undefined {
  if (policy?.mode !== 'enforce') return undefined
  const days = policy.mx_age === 1 ? '1 day' : `${policy.mx_age} days`
  return [
    `Senders may hold the MTA-STS policy of ${address} for ${days}`,
    `Its mode was enforce, so senders that have fetched it keep enforcing it for up to ${days}. The policy is set to mode none before hosting stops; ` +
      `leave the mail hosts and the CNAMEs of mta-sts and _mta-sts as they are for ${days}, so that senders can learn of it (RFC 8461 section 8.3). ` +
      `The careful way is two steps: set mode = "none" and apply, wait ${days}, then remove it.`,
  ]
}
