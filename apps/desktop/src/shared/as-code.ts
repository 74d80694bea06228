import { hostedDmarcSettings } from '@dmarc-as-code/records'
import type { ConnectionView, DomainSummary } from './model.ts'

/** A value of either language; both write text, numbers, flags and lists as JSON does. */
type Value = string | number | boolean | readonly string[] | Fields
interface Fields {
  readonly [name: string]: Value | undefined
}

interface CodeOptions {
  /** The service has several accounts, so the domain must say which is its own. */
  readonly severalAccounts: boolean
}

/** What a project needs once, before its first domain. */
interface CodeSetup {
  readonly terraform: string
  readonly cdktf: string
}

/** The domain as the Terraform provider declares it, with the import of what exists. */
export function terraformCode(domain: DomainSummary, { severalAccounts }: CodeOptions): string {
  const name = identifier(domain.address)
  const account = severalAccounts ? String(domain.accountId) : undefined
  return lines(
    `import {`,
    `  to = dmarcreport_domain.${name}`,
    `  id = ${JSON.stringify(importId(domain))}`,
    `}`,
    '',
    ...untold(domain).map((line) => `# ${line}`),
    `resource "dmarcreport_domain" "${name}" {`,
    ...terraformFields({ ...settingsOf(domain), account_id: account, ...reportFlags(domain) }, '  '),
    `}`,
  )
}

/** The same with the constructs. */
export function cdktfCode(domain: DomainSummary, { severalAccounts }: CodeOptions): string {
  const account = severalAccounts ? String(domain.accountId) : undefined
  return lines(
    `import { MonitoredDomain } from '@dmarc-as-code/cdktf'`,
    '',
    ...untold(domain).map((line) => `// ${line}`),
    // Its id becomes part of a name of Terraform's.
    `new MonitoredDomain(this, ${quoted(beginWithLetter(domain.slug, 'd-'))}, {`,
    ...typescriptFields({ ...settingsOf(domain), account, reports: reportKinds(domain) }, '  '),
    `}).importFrom(${quoted(importId(domain))})`,
  )
}

/** The provider of a project. The token comes from the environment, so that it is in no file. */
export function codeSetup({ kind, baseUrl }: Pick<ConnectionView, 'kind' | 'baseUrl'>): CodeSetup {
  const endpoint = kind === 'vendor' ? undefined : baseUrl
  return {
    terraform: lines(
      `terraform {`,
      `  required_providers {`,
      `    dmarcreport = {`,
      `      source = "dmarc-as-code/dmarcreport"`,
      `    }`,
      `  }`,
      `}`,
      '',
      `# The token comes from DMARCREPORT_TOKEN.`,
      ...(endpoint
        ? [`provider "dmarcreport" {`, ...terraformFields({ endpoint }, '  '), `}`]
        : [`provider "dmarcreport" {}`]),
    ),
    cdktf: lines(
      `import { DmarcreportProvider } from '@dmarc-as-code/cdktf'`,
      '',
      `// The token comes from DMARCREPORT_TOKEN.`,
      `new DmarcreportProvider(this, 'dmarcreport'${endpoint ? `, { endpoint: ${quoted(literal(endpoint))} }` : ''})`,
    ),
  }
}

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`

const importId = ({ accountId, domainId }: DomainSummary) => `${accountId}/${domainId}`

/** In the provider's words. What is at its default is left out. */
function settingsOf(domain: DomainSummary): Fields {
  return {
    address: domain.address,
    parked: domain.parked || undefined,
    tags: domain.tags.length > 0 ? domain.tags.map((tag) => tag.name).sort() : undefined,
    hosted_dmarc: domain.hostedDmarc ? dmarcSettings(domain) : undefined,
    hosted_mta_sts: domain.hostedMtaSts ? mtaStsSettings(domain) : undefined,
  }
}

/** Without hosts the plan refuses a policy. Leaving it out instead would switch hosting off. */
function mtaStsSettings({ mtaSts }: DomainSummary): Fields {
  if (!mtaSts) return { mode: 'testing', mx: [] }
  const mx = mtaSts.mx.length > 0 ? mtaSts.mx : undefined
  return { mode: mtaSts.mode, mx, max_age_days: mtaSts.days }
}

function untold({ hostedMtaSts, mtaSts }: DomainSummary): string[] {
  return hostedMtaSts && !mtaSts ? ['The service does not report the MTA-STS policy of this domain. Add it here.'] : []
}

/** The provider takes one flag for each kind of report, all on by default; the constructs take a list. */
function reportFlags({ reports, hostedMtaSts }: DomainSummary): Fields {
  return {
    rua_report: reports?.aggregate === false ? false : undefined,
    ruf_report: reports?.failure === false ? false : undefined,
    mta_sts_report: hostedMtaSts && reports?.tls === false ? false : undefined,
  }
}

function reportKinds({ reports, hostedMtaSts }: DomainSummary): string[] | undefined {
  if (!reports || (reports.aggregate && reports.failure && (reports.tls || !hostedMtaSts))) return undefined
  const kinds = [reports.aggregate && 'aggregate', reports.failure && 'failure', reports.tls && 'tls']
  return kinds.filter((kind) => kind !== false)
}

function dmarcSettings({ dmarcRecord = '', defaultDmarcRecord = '' }: DomainSummary): Fields {
  return hostedDmarcSettings(dmarcRecord, defaultDmarcRecord)
}

function terraformFields(fields: Fields, indent: string): string[] {
  const given = givenFields(fields)
  // As `terraform fmt` does: single lines are aligned, blocks are not. Single lines first, so that they stand together.
  const [single, blocks] = [given.filter(([, value]) => !isFields(value)), given.filter(([, value]) => isFields(value))]
  const width = Math.max(0, ...single.map(([name]) => name.length))
  return [...single, ...blocks].flatMap(([name, value]) =>
    isFields(value)
      ? [`${indent}${name} = {`, ...terraformFields(value, `${indent}  `), `${indent}}`]
      : [`${indent}${name.padEnd(width)} = ${terraformValue(value)}`],
  )
}

function terraformValue(value: string | number | boolean | readonly string[]): string {
  const json = JSON.stringify(value).replaceAll('","', '", "')
  return literal(json)
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

/** Terraform would read `${` and `%{` inside text as templates. The constructs take text as it is. */
const literal = (text: string) => text.replace(/[$%]\{/g, (opening) => `${opening[0]}${opening}`)

function givenFields(fields: Fields): [string, Value][] {
  return Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined)
}

function isFields(value: Value): value is Fields {
  return typeof value === 'object' && !Array.isArray(value)
}

/** Terraform's identifiers take letters, digits, dashes and underscores, and begin with a letter. */
function identifier(address: string): string {
  return beginWithLetter(address.replace(/[^a-z0-9-]+/gi, '_'), 'd_')
}

const beginWithLetter = (name: string, prefix: string) => (/^[a-z]/i.test(name) ? name : `${prefix}${name}`)
