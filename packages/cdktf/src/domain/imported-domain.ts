import { hostedNames, parseDomainName, type RecordKind, recordKinds } from '@dmarc-as-code/records'
import type { Construct } from 'constructs'
import { accountShape, type IAccount } from '../account.ts'
import { configOf } from '../config.ts'
import type { HostedRecord } from '../dns/hosted-record.ts'
import type { TerraformProvider } from '../framework.ts'
import { DataDmarcreportDomain } from '../generated/data-dmarcreport-domain.ts'
import { lazyText } from '../lazy.ts'
import { isKnown, Problems } from '../problems.ts'
import { providerShape } from '../provider-shape.ts'
import type { PropShapes } from '../shape.ts'
import { ensureValidNames } from '../terraform-names.ts'

/** A domain, declared here or managed elsewhere. */
export interface IMonitoredDomain {
  readonly address: string
  readonly accountId: string
  readonly domainId: string
  readonly slug: string
  /** The CNAMEs by the record they are for. For a domain managed elsewhere, all four, since which of them exist is known only later. */
  readonly cnames: Readonly<Partial<Record<RecordKind, HostedRecord>>>
}

export interface ExistingDomainOptions {
  /**
   * Only look in this account.
   * @default - that of the provider, else all
   */
  readonly account?: IAccount | string | undefined
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider | undefined
}

export const existingDomainShapes: PropShapes<ExistingDomainOptions & { readonly address: string }> = {
  address: 'text',
  account: accountShape,
  provider: providerShape,
}

export function existingDomain(
  scope: Construct,
  id: string,
  address: string,
  options: ExistingDomainOptions,
): IMonitoredDomain {
  const problems = new Problems()
  const { account, provider, ...checked } = problems.checked({ ...options, address }, existingDomainShapes, ['address'])
  const accountId = typeof account === 'string' ? account : account?.accountId
  const config = configOf({ address: checked.address ?? '', accountId, provider })
  const data = new DataDmarcreportDomain(scope, id, config as { address: string })
  ensureValidNames(data)
  const parsed = isKnown(checked.address) ? parseDomainName(checked.address) : undefined
  if (parsed && !parsed.ok) problems.add('address', parsed.finding.message)
  problems.reportOn(data)
  const names = parsed?.ok ? hostedNames(address) : undefined
  const record = (key: RecordKind): HostedRecord => {
    const attribute = (field: string) => lazyText(() => data.getStringAttribute(`cnames.${key}.${field}`))
    return { key, name: names?.[key] ?? attribute('name'), type: 'CNAME', value: attribute('value') }
  }
  return {
    address,
    accountId: lazyText(() => data.accountId),
    domainId: lazyText(() => data.id),
    slug: lazyText(() => data.slug),
    cnames: Object.fromEntries(recordKinds.map((key) => [key, record(key)])),
  }
}
