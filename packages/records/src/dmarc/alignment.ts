import type { OrganisationalDomain } from './discover.ts'
import type { Alignment } from './tags.ts'

/**
 * Whether an authenticated domain (of SPF, or the `d=` of a DKIM signature) is aligned with the author's domain (RFC 9989
 * 4.4): identical in mode `s`, of one organisation in mode `r`. Undefined where an organisational domain that decides it is
 * not known. Take both from `discoverDmarc` or `findOrganisationalDomain`.
 *
 * @example
 * const author = await discoverDmarc('news.example.com', lookup)
 * const signer = await findOrganisationalDomain('example.com', lookup)
 * isAligned(author, signer, author.record?.effective?.adkim ?? 'r')
 */
export function isAligned(
  author: OrganisationalDomain,
  authenticated: OrganisationalDomain,
  mode: Alignment,
): boolean | undefined {
  if (author.domain === authenticated.domain) return true
  if (mode === 's') return false
  if (author.organisationalDomain === null || authenticated.organisationalDomain === null) return undefined
  return author.organisationalDomain === authenticated.organisationalDomain
}
