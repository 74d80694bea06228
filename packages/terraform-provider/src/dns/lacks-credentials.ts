import { DnsServiceError } from '@dmarc-as-code/dns/apply'

/** Whether the service could not be asked because nobody said who asks. */
export function lacksCredentials(error: unknown): boolean {
  const kinds = ['configuration', 'unauthorised', 'forbidden']
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof DnsServiceError && kinds.includes(at.kind)) return true
  }
  return false
}
