import { isSet } from '@dmarc-as-code/terraform-plugin'
import type { ServiceSettings } from './adapter-config.ts'
import { type DnsServiceName, dnsServiceNames } from './service-fields.ts'

type Services = { readonly [S in DnsServiceName]: object | symbol | null }

/** The one service that is set, with its settings; unknown and missing settings are left out. */
export function chosenService(values: object): { service: DnsServiceName; settings: ServiceSettings } {
  const service = dnsServiceNames.find((name) => isSet((values as Services)[name]))
  if (!service) throw new Error(`No DNS service is configured, expected one of ${dnsServiceNames.join(', ')}.`)
  const settings = Object.entries((values as Services)[service] as object).filter(([, value]) => isSet(value))
  return { service, settings: Object.fromEntries(settings) }
}
