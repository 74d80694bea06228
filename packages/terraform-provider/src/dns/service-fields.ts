import {
  type DnsServiceId,
  describeField,
  dnsServices,
  type ServiceEntry,
  type ServiceField,
  snakeCase,
} from '@dmarc-as-code/dns/services'
import { between, oneOf, s } from '@dmarc-as-code/terraform-plugin'

export type DnsServiceName = DnsServiceId
export const dnsServiceNames: readonly DnsServiceName[] = dnsServices.map(({ id }) => id)

/** The fields of a service that Terraform has, each with its name there. */
export function terraformFields(service: DnsServiceName): { name: string; field: ServiceField }[] {
  const entry: ServiceEntry | undefined = dnsServices.find(({ id }) => id === service)
  return (entry?.fields ?? []).flatMap((field) =>
    field.terraform ? [{ name: field.terraform.name ?? snakeCase(field.name), field }] : [],
  )
}

type Place = 'resource' | 'provider'

/** A DNS service as `dmarcreport_dns_records` has it: what is not secret is stored, so that refresh and destroy find the way; secrets never are. */
export const dnsServiceFields = blocks('resource')

/** The credentials of each DNS service as the provider block has them. */
export const providerServiceFields = blocks('provider')

function blocks(place: Place): { readonly [S in DnsServiceName]: ReturnType<typeof block> } {
  const all = dnsServices.map((entry) => [entry.id, block(entry, place)] as const)
  return Object.fromEntries(all) as { [S in DnsServiceName]: ReturnType<typeof block> }
}

function block(entry: ServiceEntry, place: Place) {
  const fields = terraformFields(entry.id as DnsServiceName)
    .filter(({ field }) => place === 'resource' || field.terraform?.in === 'both')
    .map(({ name, field }) => [name, attribute(field, place)])
  const members: { readonly [name: string]: Text } = Object.fromEntries(fields)
  return s.object(members).optional().describe(entry.description)
}

// Settings are passed on as they are, so their types matter to Terraform only.
type Text = ReturnType<typeof text>
function text() {
  return s.string().optional()
}

function attribute(field: ServiceField, place: Place): Text {
  const described = describeField(field)
  if (field.type === 'integer') {
    const { min, max } = field.range ?? { min: 0, max: Number.MAX_SAFE_INTEGER }
    return s.integer().optional().validate(between(min, max)).describe(described) as unknown as Text
  }
  if (field.type === 'list') return s.list(s.string()).optional().describe(described) as unknown as Text
  const plain = field.options ? text().validate(oneOf(...field.options)) : text()
  if (!field.secret) return plain.describe(described)
  return (place === 'resource' ? plain.writeOnly() : plain).sensitive().describe(described) as unknown as Text
}
