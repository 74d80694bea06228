import type { Config } from '../config/schema.ts'
import type { HostedZone } from '../rules/zone-records.ts'

/** The properties of the hosted zone as configured, with the CAs that may issue for its policy host. */
export function hostedZone(config: Config, certificateAuthorities: readonly string[]): HostedZone {
  const { name, ttl } = config.hostedZone
  return {
    zone: name,
    ttl,
    reportHost: config.reports.host ?? `reports.${name}`,
    reportExchanges: config.reports.exchanges,
    ...(config.reports.smtp ? { reportReceiver: config.reports.smtp.addresses } : {}),
    policyHostAddresses: config.policyHost.addresses,
    certificateAuthorities,
  }
}
