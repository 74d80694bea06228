import { parseDmarc } from '@dmarc-as-code/records'
import type { DomainSummary } from './model.ts'

/** A value of either language; both write text, numbers, flags and lists as JSON does. */
type Value = string | number | boolean | readonly string[] | Fields
interface Fields {
  readonly [name: string]: Value | undefined
}

/** The domain as the Terraform provider declares it, with the import of what exists. */
export function terraformCode(domain: DomainSummary): string {
  const name = identifier(domain.address)
  const address = `dmarcreport_domain.${name}`
  return [
    `import {`,
    `  to = ${address}`,
    `  id = ${JSON.stringify(`${domain.accountId}/${domain.domainId}`)}`,
    `}`,
    '',
    `resource "dmarcreport_domain" "${name}" {`,
    ...terraformFields({ ...settingsOf(domain), ...reportFlags(domain) }, '  '),
    `}`,
    '',
  ].join('\n')
}

/** The same with the constructs. */
export function cdktfCode(domain: DomainSummary): string {
  return [
    `import { MonitoredDomain } from '@dmarc-as-code/cdktf'`,
    '',
    `new MonitoredDomain(this, ${quoted(domain.slug)}, {`,
    ...typescriptFields({ ...settingsOf(domain), reports: reportKinds(domain) }, '  '),
    `})`,
    '',
  ].join('\n')
}

/** In the provider's words. What is at its default is left out. */
function settingsOf(domain: DomainSummary): Fields {
  const { mtaSts } = domain
  return {
    address: domain.address,
    parked: domain.parked || undefined,
    tags: domain.tags.length > 0 ? domain.tags.map((tag) => tag.name) : undefined,
    hosted_dmarc: domain.hostedDmarc ? dmarcSettings(domain) : undefined,
    hosted_mta_sts:
      domain.hostedMtaSts && mtaSts ? { mode: mtaSts.mode, mx: mtaSts.mx, max_age_days: mtaSts.days } : undefined,
  }
}

/** The provider takes one flag for each kind of report, both on by default; the constructs take a list. */
function reportFlags({ reports }: DomainSummary): Fields {
  return {
    rua_report: reports?.aggregate === false ? false : undefined,
    ruf_report: reports?.failure === false ? false : undefined,
  }
}

function reportKinds({ reports, hostedMtaSts }: DomainSummary): string[] | undefined {
  if (!reports || (reports.aggregate && reports.failure)) return undefined
  const kinds = [reports.aggregate && 'aggregate', reports.failure && 'failure', hostedMtaSts && 'tls']
  return kinds.filter((kind) => kind !== false)
}

function dmarcSettings(domain: DomainSummary): Fields {
  const { tags } = parseDmarc(domain.dmarcRecord ?? '')
  const own = parseDmarc(domain.defaultDmarcRecord ?? '').tags
  const extra = (all: readonly string[] = [], kept: readonly string[] = []) => {
    const added = all.filter((uri) => !kept.includes(uri)).map((uri) => uri.replace(/^mailto:/, ''))
    return added.length > 0 ? added : undefined
  }
  return {
    policy: tags.p,
    subdomain_policy: tags.sp,
    nonexistent_subdomain_policy: tags.np,
    dkim_alignment: tags.adkim === 's' ? 'strict' : undefined,
    spf_alignment: tags.aspf === 's' ? 'strict' : undefined,
    failure_options: tags.fo === own.fo ? undefined : tags.fo,
    test_mode: tags.t === 'y' || undefined,
    extra_rua: extra(tags.rua, own.rua),
    extra_ruf: extra(tags.ruf, own.ruf),
  }
}

function terraformFields(fields: Fields, indent: string): string[] {
  const given = givenFields(fields)
  // As `terraform fmt` does: single lines are aligned, blocks are not.
  const width = Math.max(0, ...given.map(([name, value]) => (isFields(value) ? 0 : name.length)))
  return given.flatMap(([name, value]) =>
    isFields(value)
      ? [`${indent}${name} = {`, ...terraformFields(value, `${indent}  `), `${indent}}`]
      : [`${indent}${name.padEnd(width)} = ${terraformValue(value)}`],
  )
}

/** Terraform would read `${` and `%{` inside text as templates. */
function terraformValue(value: string | number | boolean | readonly string[]): string {
  const json = JSON.stringify(value).replaceAll('","', '", "')
  return json.replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`)
}

function typescriptFields(fields: Fields, indent: string): string[] {
  return givenFields(fields).flatMap(([name, value]) => {
    const key = name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
    if (isFields(value)) return [`${indent}${key}: {`, ...typescriptFields(value, `${indent}  `), `${indent}},`]
    return [`${indent}${key}: ${typescriptValue(value)},`]
  })
}

function typescriptValue(value: string | number | boolean | readonly string[]): string {
  if (typeof value === 'string') return quoted(value)
  return Array.isArray(value) ? `[${value.map(quoted).join(', ')}]` : String(value)
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`

function givenFields(fields: Fields): [string, Value][] {
  return Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined)
}

function isFields(value: Value): value is Fields {
  return typeof value === 'object' && !Array.isArray(value)
}

/** Terraform's identifiers take letters, digits, dashes and underscores, and begin with a letter. */
function identifier(address: string): string {
  const name = address.replace(/[^a-z0-9-]+/gi, '_')
  return /^[a-z]/i.test(name) ? name : `d_${name}`
}
