/** Credentials of DNS services from the provider block, by service, and the environment the rest comes from. */
export interface DnsSettings {
  /** `unknown` where a setting is known only after apply: the environment must not fill in for it. */
  readonly services: { readonly [service: string]: { readonly [setting: string]: unknown } | 'unknown' | null }
  readonly env: Readonly<Record<string, string | undefined>>
}
