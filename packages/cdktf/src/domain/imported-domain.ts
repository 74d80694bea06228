import { hostedNames, parseDomainName, type RecordKind, recordKinds } from '@dmarc-as-code/records'
import type { Construct } from 'constructs'
import type { IAccount } from '../account.ts'
import type { HostedRecord } from '../dns/target.ts'
import type { TerraformProvider } from '../framework.ts'
import { DataDmarcreportDomain } from '../generated/data-dmarcreport-domain.ts'
import { given, isKnown, Problems } from '../problems.ts'
import { ensureValidNames } from '../terraform-names.ts'

/** A domain, declared here or managed elsewhere. */
export interface IMonitoredDomain {
  readonly address: string
  readonly accountId: string
  readonly domainId: string
  readonly slug: string
  /** The CNAMEs by the record they are for. Of a domain managed elsewhere, all four: which exist is known only later. */
  readonly cnames: Readonly<Partial<Record<RecordKind, HostedRecord>>>
}

export interface ExistingDomainOptions {
  /**
   * Only look in this account.
   * @default - that of the provider, else all
   */
  readonly account?: IAccount | string
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider
}

export function existingDomain(
  scope: Construct,
  id: string,
  address: string,
  { account, provider }: ExistingDomainOptions,
): IMonitoredDomain {
  const accountId = typeof account === 'string' ? account : account?.accountId
  const data = new DataDmarcreportDomain(scope, id, given({ address, accountId, provider }))
  ensureValidNames(data)
  const parsed = isKnown(address) ? parseDomainName(address) : undefined
  const problems = new Problems()
  if (parsed && !parsed.ok) problems.add('address', parsed.finding.message)
  problems.reportOn(data)
  const names = parsed?.ok ? hostedNames(address) : undefined
  const record = (key: RecordKind): HostedRecord => {
    const attribute = (field: string) => data.getStringAttribute(`cnames.${key}.${field}`)
    return { key, name: names?.[key] ?? attribute('name'), type: 'CNAME', value: attribute('value') }
  }
  return {
    address,
    accountId: data.accountId,
    domainId: data.id,
    slug: data.slug,
    cnames: Object.fromEntries(recordKinds.map((key) => [key, record(key)])),
  }
}
