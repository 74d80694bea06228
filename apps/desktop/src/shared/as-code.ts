import { parseDmarc } from '@dmarc-as-code/records'
import type { DomainSummary } from './model.ts'

/** The domain as the Terraform provider declares it. */
export function terraformCode(domain: DomainSummary): string {
  const name = identifier(domain.address)
  const resource = [
    `resource "dmarcreport_domain" "${name}" {`,
    ...attributes(domain).map(([key, value]) => `  ${key} = ${value}`),
    '}',
  ]
  return `${resource.join('\n')}\n`
}

/** The same with the constructs. */
export function cdktfCode(domain: DomainSummary): string {
  return `new MonitoredDomain(this, ${JSON.stringify(domain.slug)}, { address: ${JSON.stringify(domain.address)} })\n`
}

function attributes(domain: DomainSummary): [string, string][] {
  return [
    ['address', JSON.stringify(domain.address)],
    ['policy', JSON.stringify(parseDmarc(domain.dmarcRecord ?? '').tags.p ?? 'none')],
  ]
}

function identifier(address: string): string {
  const name = address.replace(/[^a-z0-9]+/gi, '_')
  return /^[0-9]/.test(name) ? `d_${name}` : name
}
