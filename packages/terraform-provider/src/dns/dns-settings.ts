/** Credentials of DNS services from the provider block, by service, and the environment the rest comes from. */
export interface DnsSettings {
  readonly services: { readonly [service: string]: { readonly [setting: string]: unknown } | null }
  readonly env: Readonly<Record<string, string | undefined>>
}
