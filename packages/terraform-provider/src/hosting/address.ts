import { parseDomainName } from '@dmarc-as-code/records'

/** One spelling for all: A-labels, lower case, no final dot. What is no domain name only loses case and dot. */
export function canonicalAddress(address: string): string {
  const parsed = parseDomainName(address)
  return parsed.ok ? parsed.ascii : address.trim().toLowerCase().replace(/\.$/, '')
}

/** Whether two values are the same domain name in some spelling. */
export function sameAddress(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && canonicalAddress(a) === canonicalAddress(b)
}
