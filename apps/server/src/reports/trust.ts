import type { MailAuthentication } from './authenticate-mail.ts'
import { organisationOf } from './mail-headers.ts'

/**
 * Whether a report counts as evidence: its mail is authenticated as the domain of From, and the reporter's own domain, which
 * the report names as its contact, is of the same organisation. Otherwise the words for what was found.
 */
export function trustOf(authentication: MailAuthentication, reporter: string): { trusted: boolean; found: string } {
  const { from, dkim, spf, aligned } = authentication
  const domains = [...dkim, ...(spf === null ? [] : [spf])]
  const found = `From ${from ?? 'without a domain'}, authenticated as ${domains.join(', ') || 'nobody'}, reporter ${reporter || 'unknown'}`
  const own = domains.some((domain) => organisationOf(domain) === organisationOf(reporter))
  return { trusted: aligned && own, found }
}

/** The reporter: the domain of its contact address, else its name where that is a domain, else who sent the mail. */
export function reporterOf(contact: string, name: string, from: string | null): string {
  const domain = /@([^@\s>]+)>?$/.exec(contact)?.[1]?.toLowerCase()
  if (domain) return domain
  const text = name.trim().toLowerCase()
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text) ? text : (from ?? text)
}
