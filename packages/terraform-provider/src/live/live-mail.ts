import type { MailView } from '@dmarc-as-code/dns/apply'
import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import type { LiveDns } from './live-dns.ts'

/** For everything that is looked up about one domain. */
const VIEW_TIMEOUT_MS = 15_000

/** What receivers and senders of mail find for a domain. Its code is loaded by the first look. */
export class LiveMail {
  readonly #dns: LiveDns
  readonly #policies: () => Promise<PolicyFetcher>

  /** `policies` fetches policy files; default: over HTTPS from the policy hosts themselves. */
  constructor(dns: LiveDns, policies: () => Promise<PolicyFetcher> = systemPolicies) {
    this.#dns = dns
    this.#policies = policies
  }

  async view(signal: AbortSignal): Promise<MailView> {
    const { mailView } = await import('@dmarc-as-code/dns/apply')
    const [resolver, policies] = await Promise.all([this.#dns.resolver(), this.#policies()])
    return mailView(resolver, { policies, signal, timeout: VIEW_TIMEOUT_MS })
  }
}

async function systemPolicies(): Promise<PolicyFetcher> {
  const { createPolicyFetcher } = await import('@dmarc-as-code/dns/verify')
  return createPolicyFetcher()
}
