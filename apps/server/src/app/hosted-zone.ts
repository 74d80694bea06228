import type { Config } from '../config/schema.ts'
import type { HostedZone } from '../rules/zone-records.ts'

/** The properties of the hosted zone as configured. */
export function hostedZone(config: Config): HostedZone {
  const { name, ttl } = config.hostedZone
  const { certificates, certificateAuthorities } = config.policyHost
  return {
    zone: name,
    ttl,
    reportHost: config.reports.host ?? `reports.${name}`,
    reportExchanges: config.reports.exchanges,
    policyHostAddresses: config.policyHost.addresses,
    certificateAuthorities: certificateAuthorities ?? (certificates.source === 'acme' ? ['letsencrypt.org'] : []),
  }
}
