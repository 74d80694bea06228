import type { MailAuthentication } from './authenticate-mail.ts'
import type { CountsReporter } from './known-reporters.ts'
import { organisationOf } from './mail-headers.ts'

/**
 * `counts`: a report of a large receiver, or of a reporter somebody vouches for. `unknown`: it is the reporter's own, but anybody
 * with a domain can report what they like. `forged`: nothing says that it is the reporter's.
 */
export type Trust = 'counts' | 'unknown' | 'forged'

/**
 * Whether a report counts as evidence: its mail is authenticated as the domain of From, and From is a reporter that counts.
 * Of others, the reporter's own domain, which the report names as its contact, has to be of the same organisation, so that
 * nobody reports in the name of a reporter whom the owner has accepted. `found` has the words for what was found.
 */
export function trustOf(
  authentication: MailAuthentication,
  { address, reporter, counts }: { address: string | null; reporter: string; counts: CountsReporter },
): { trust: Trust; found: string } {
  const { from, dkim, spf, aligned } = authentication
  const domains = [...dkim, ...(spf === null ? [] : [spf])]
  const found = `From ${from ?? 'without a domain'}, authenticated as ${domains.join(', ') || 'nobody'}, reporter ${reporter || 'unknown'}`
  if (!aligned) return { trust: 'forged', found }
  if (counts(address)) return { trust: 'counts', found }
  const own = domains.some((domain) => organisationOf(domain) === organisationOf(reporter))
  return { trust: own ? 'unknown' : 'forged', found }
}

/** The reporter: the domain of its contact address, else its name where that is a domain, else who sent the mail. */
export function reporterOf(contact: string, name: string, from: string | null): string {
  const domain = /@([^@\s>]+)>?$/.exec(contact)?.[1]?.toLowerCase()
  if (domain) return domain
  const text = name.trim().toLowerCase()
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text) ? text : (from ?? text)
}
