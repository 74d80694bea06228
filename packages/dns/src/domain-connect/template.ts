/** A template as DNS services take it up (github.com/Domain-Connect/Templates). */
export interface DomainConnectTemplate {
  providerId: string
  providerName: string
  serviceId: string
  serviceName: string
  version: number
  description: string
  variableDescription: string
  syncPubKeyDomain?: string
  syncRedirectDomain?: string
  warnPhishing?: boolean
  hostRequired: boolean
  records: { type: 'CNAME'; host: string; pointsTo: string; ttl: number }[]
}

export interface TemplateInput {
  /** The domain of whoever runs the hosted zone; the id under which services list the template. */
  providerId: string
  providerName: string
  serviceId?: string
  serviceName?: string
  /** The zone the CNAMEs lead into. It is fixed in the template: only the label varies, so a link cannot point elsewhere. */
  hostedZone: string
  /** Where the public key is published, when links are signed. Without it services warn the user of phishing. */
  syncPubKeyDomain?: string
  /** Where users may be sent back to, when links are not signed. */
  syncRedirectDomain?: string
}

/**
 * The template for a domain's four CNAMEs. Its one variable, `label`, is the domain's own part of the
 * hosted names (`key` is a word of Domain Connect's own).
 */
export function hostedRecordsTemplate(input: TemplateInput): DomainConnectTemplate {
  const { hostedZone, syncPubKeyDomain, syncRedirectDomain } = input
  const cname = (host: string, service: string) =>
    ({ type: 'CNAME', host, pointsTo: `%label%.${service}.${hostedZone}`, ttl: 3600 }) as const
  return {
    providerId: input.providerId,
    providerName: input.providerName,
    serviceId: input.serviceId ?? 'mail-authentication',
    serviceName: input.serviceName ?? 'Hosted DMARC, MTA-STS and TLS-RPT',
    version: 1,
    description: 'Points _dmarc, mta-sts, _mta-sts and _smtp._tls to records that are kept for you.',
    variableDescription: 'label: the part of the hosted names that belongs to this domain alone',
    ...(syncPubKeyDomain ? { syncPubKeyDomain } : { warnPhishing: true }),
    ...(syncRedirectDomain ? { syncRedirectDomain } : {}),
    hostRequired: false,
    records: [
      cname('_dmarc', 'dmarc'),
      cname('mta-sts', 'mta-sts'),
      cname('_mta-sts', 'sts-id'),
      cname('_smtp._tls', 'tls-rpt'),
    ],
  }
}
