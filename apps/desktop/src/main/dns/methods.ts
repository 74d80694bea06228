import { dnsServices, type ServiceEntry, type ServiceField } from '@dmarc-as-code/dns/services'
import type { AccessMethod, CredentialField } from '../../shared/apply.ts'

// Hosting services first: most domains are at one, and few people run a server of their own.
const entries: readonly ServiceEntry[] = (dnsServices as readonly ServiceEntry[])
  .filter(({ fields }) => fields.some(({ ask }) => ask))
  .sort((left: ServiceEntry, right: ServiceEntry) => Number(!left.hosting) - Number(!right.hosting))

/** The forms the page may ask for, from the catalogue of DNS services. */
export const accessMethods: readonly AccessMethod[] = entries.map(
  ({ id, label, title = label, credentialsHelp, fields }) => ({
    id,
    title,
    help: credentialsHelp,
    fields: fields.flatMap((field) => (field.ask ? [toFormField(field, field.ask)] : [])),
  }),
)

function toFormField(field: ServiceField, ask: NonNullable<ServiceField['ask']>): CredentialField {
  return {
    name: ask.key ?? field.name,
    label: field.label,
    secret: field.secret ?? false,
    optional: ask.optional ?? false,
    ...(ask.example ? { example: ask.example } : {}),
    ...(ask.long ? { long: true } : {}),
    ...(field.options ? { options: field.options } : {}),
  }
}

/** The adapter configuration for a method and the values of its form, or undefined for an unknown method. */
export function adapterConfig(method: string, values: Readonly<Record<string, string>>): unknown {
  const entry = entries.find(({ id }) => id === method)
  if (!entry) return undefined
  const config: { [name: string]: unknown } = { type: entry.id }
  for (const field of entry.fields) {
    const text = field.ask ? values[field.ask.key ?? field.name] : undefined
    if (text === undefined || text === '') continue
    const value = field.type === 'integer' ? Number(text) : text
    const [object = '', inner] = field.name.split('.')
    config[object] = inner === undefined ? value : { ...(config[object] as object | undefined), [inner]: value }
  }
  return config
}
