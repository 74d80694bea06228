import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemaJson, source } from '@dmarc-as-code/terraform-provider'
import { expect, it } from 'vitest'

/** The attributes of `dmarcreport_domain` that can be set, and the prop that sets each. */
const propOf: Readonly<Record<string, string>> = {
  address: 'address',
  account_id: 'account',
  rua_report: 'reports',
  ruf_report: 'reports',
  mta_sts_report: 'reports',
  parked: 'parked',
  deletion_protection: 'deletionProtection',
  allow_weaker: 'allowWeaker',
  accept_risk: 'acceptRisk',
  retire_after: 'retireAfter',
  tags: 'tags',
  hosted_dmarc: 'hostedDmarc',
  hosted_mta_sts: 'hostedMtaSts',
}

interface SchemaJson {
  readonly provider_schemas: Readonly<Record<string, { readonly resource_schemas: Readonly<Record<string, Resource>> }>>
}
interface Resource {
  readonly block: { readonly attributes: Readonly<Record<string, { required?: boolean; optional?: boolean }>> }
}

const folder = join(import.meta.dirname, '..')
const props = (() => {
  const text = readFileSync(join(folder, 'src', 'domain', 'monitored-domain.ts'), 'utf8')
  const body = /^export interface MonitoredDomainProps[^{]*\{\n(.*?)^\}/ms.exec(text)?.[1] ?? ''
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name)
})()

it('has a prop for every attribute that can be set', () => {
  const { provider_schemas } = schemaJson() as unknown as SchemaJson
  const attributes = provider_schemas[source]?.resource_schemas.dmarcreport_domain?.block.attributes ?? {}
  const settable = Object.entries(attributes).filter(([, { required, optional }]) => required || optional)
  expect(settable.length).toBeGreaterThan(8)
  expect(settable.map(([name]) => name).filter((name) => !props.includes(propOf[name] ?? ''))).toEqual([])
})

it('has every prop in the table of the README', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  const table = /^## MonitoredDomain\n(.*?)^Attributes:/ms.exec(readme)?.[1] ?? ''
  const documented = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
  // `provider` is a prop of every construct, of the frameworks' as well.
  expect(documented.sort()).toEqual(props.filter((name) => name !== 'provider').sort())
})
