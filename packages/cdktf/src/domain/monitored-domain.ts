import { hostedNames, hostingFault, parseDomainName, type RecordKind } from '@dmarc-as-code/records'
import { Construct, type IConstruct } from 'constructs'
import type { IAccount } from '../account.ts'
import type { DnsTarget, HostedRecord } from '../dns/target.ts'
import type { IResolvable, ITerraformDependable, TerraformProvider } from '../framework.ts'
import { Domain } from '../generated/domain.ts'
import { DomainVerification } from '../generated/domain-verification.ts'
import { checkHostedDmarc, type HostedDmarc } from '../hosted/dmarc.ts'
import { checkHostedMtaSts, type HostedMtaSts } from '../hosted/mta-sts.ts'
import { ImportBlock } from '../import-block.ts'
import { given, isKnown, notOneOf, Problems } from '../problems.ts'
import type { DmarcRollout } from '../rollout/dmarc-rollout.ts'
import type { Tag } from '../tag.ts'
import { ensureValidNames } from '../terraform-names.ts'
import { declareAddress } from './declared-addresses.ts'
import { type ExistingDomainOptions, existingDomain, type IMonitoredDomain } from './imported-domain.ts'

/** Aggregate and failure reports of DMARC, and reports on TLS. */
export type ReportKind = 'aggregate' | 'failure' | 'tls'

const reportKinds: readonly ReportKind[] = ['aggregate', 'failure', 'tls']

export interface MonitoredDomainProps {
  /** The domain name, in its own script or as A-labels. A change makes a new domain. */
  readonly address: string
  /**
   * The account it belongs to: a construct, or its id, slug or title.
   * @default - that of the provider
   */
  readonly account?: IAccount | string
  /**
   * Which reports are wanted.
   * @default - aggregate and failure, and tls where hostedMtaSts is set
   */
  readonly reports?: readonly ReportKind[]
  /**
   * The domain sends no mail. A change makes a new domain.
   * @default false
   */
  readonly parked?: boolean
  /**
   * Tags: constructs, or names of tags that exist.
   * @default - left as they are
   */
  readonly tags?: readonly (Tag | string)[]
  /**
   * Hosts the DMARC record: its settings, or a rollout that says what they are by now.
   * @default - not hosted
   */
  readonly hostedDmarc?: HostedDmarc | DmarcRollout
  /**
   * Hosts the MTA-STS policy and the TLS-RPT record.
   * @default - not hosted
   */
  readonly hostedMtaSts?: HostedMtaSts
  /**
   * Where the CNAMEs of what is hosted are written.
   * @default - nowhere: write them yourself, from `cnames`
   */
  readonly dns?: DnsTarget
  /**
   * The apply waits until everything is verified and live.
   * @default - true where dns is set and something is hosted
   */
  readonly waitUntilReady?: boolean
  /**
   * How long it waits, such as 90s, 30m or 1h.
   * @default 30m
   */
  readonly readyTimeout?: string
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider
}

const mark = Symbol.for('@dmarc-as-code/cdktf/MonitoredDomain')

/** A domain that DMARC Report monitors, with its hosted records, the CNAMEs they need, and the wait until all is live. */
export class MonitoredDomain extends Construct implements IMonitoredDomain {
  /** As written. */
  readonly address: string
  readonly parked: boolean
  /** The settings of hosted DMARC; undefined where it is not hosted. */
  readonly hostedDmarc: HostedDmarc | undefined
  readonly hostedMtaSts: HostedMtaSts | undefined
  /** Names of its tags where they are known while synthesising, as far as they are declared here. */
  readonly tagNames: readonly string[]
  /** The L1 resource, for everything that has no prop here. */
  readonly resource: Domain
  /** The L1 resource that waits; undefined where nothing does. */
  readonly verification: DomainVerification | undefined
  readonly #records: readonly HostedRecord[]

  /** A domain that exists and is managed elsewhere. */
  static fromAddress(
    scope: Construct,
    id: string,
    address: string,
    options: ExistingDomainOptions = {},
  ): IMonitoredDomain {
    return existingDomain(scope, id, address, options)
  }

  /** Whether a construct is a MonitoredDomain, whichever copy of this package made it. */
  static isMonitoredDomain(construct: IConstruct): construct is MonitoredDomain {
    return mark in construct
  }

  constructor(scope: Construct, id: string, props: MonitoredDomainProps) {
    super(scope, id)
    Object.defineProperty(this, mark, { value: true })
    const { address, parked = false, hostedDmarc, hostedMtaSts, tags, provider } = props
    this.address = address
    this.parked = parked
    this.hostedDmarc = hostedDmarc && 'hostedDmarc' in hostedDmarc ? hostedDmarc.hostedDmarc : hostedDmarc
    this.hostedMtaSts = hostedMtaSts
    this.tagNames = (tags ?? []).map((tag) => (typeof tag === 'string' ? tag : tag.label)).filter((tag) => isKnown(tag))
    this.#check(props).reportOn(this)
    const reports = props.reports ?? ['aggregate', 'failure']
    this.resource = new Domain(this, 'domain', {
      ...given({
        address,
        accountId: accountOf(props),
        // Left to the provider where nothing is said: it asks for TLS reports where MTA-STS is hosted.
        mtaStsReport: props.reports && reports.includes('tls'),
        tags: tags?.map((tag) => (typeof tag === 'string' ? tag : tag.tagName)),
        hostedDmarc: this.hostedDmarc && bindingOf(this.hostedDmarc),
        hostedMtaSts: hostedMtaSts && { ...hostedMtaSts, ...given({ mx: hostedMtaSts.mx?.slice() }) },
        provider,
      }),
      ruaReport: reports.includes('aggregate'),
      rufReport: reports.includes('failure'),
      parked,
    } as ConstructorParameters<typeof Domain>[2])
    // Before anything refers to it.
    ensureValidNames(this.resource)
    this.#records = this.#hostedRecords()
    const published = props.dns && this.#publish(props.dns)
    const waits = props.waitUntilReady ?? (published !== undefined && this.#records.length > 0)
    this.verification = waits ? this.#verify(props, published ?? []) : undefined
  }

  /** The account's id as the service tells it. */
  get accountId(): string {
    return this.resource.accountId
  }

  get domainId(): string {
    return this.resource.id
  }

  get slug(): string {
    return this.resource.slug
  }

  /** The CNAMEs that what is hosted needs, by the record they are for. Keys and names are known while synthesising. */
  get cnames(): Readonly<Partial<Record<RecordKind, HostedRecord>>> {
    return Object.fromEntries(this.#records.map((record) => [record.key, record]))
  }

  /** True once everything is live. Undefined where nothing waits for it. */
  get ready(): IResolvable | undefined {
    return this.verification?.ready
  }

  /**
   * Writes an import block, so that the next apply takes over the domain that exists instead of making one. `from` is
   * `ACCOUNT/ADDRESS`, a slug or an id.
   * @default - the address, with the account in front where it is known
   */
  importFrom(from?: string): void {
    const account = this.#importAccount
    const own = account === undefined ? this.address : `${account}/${this.address}`
    new ImportBlock(this, 'import', { to: this.resource, from: from ?? own })
  }

  get #importAccount(): string | undefined {
    const account = this.resource.accountIdInput
    return isKnown(account) ? account : undefined
  }

  #check(props: MonitoredDomainProps): Problems {
    const problems = new Problems()
    const { address, reports, parked = false, hostedDmarc, hostedMtaSts, readyTimeout } = props
    if (isKnown(address)) this.#checkAddress(props, problems)
    for (const kind of reports ?? []) {
      if (!reportKinds.includes(kind)) problems.add('reports', notOneOf(kind, reportKinds))
    }
    if (reports && !reports.includes('aggregate') && !reports.includes('failure')) {
      problems.add('reports', `found ${JSON.stringify(reports)}, expected aggregate, failure or both. Add "aggregate".`)
    }
    const names = this.tagNames
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index)
        problems.add('tags', `found ${JSON.stringify(name)} twice, expected once. Remove one.`)
      if (name.trim() === '') problems.add('tags', 'found an empty name, expected the name of a tag. Remove it.')
    })
    if (hostedDmarc && this.hostedDmarc) checkHostedDmarc(this.hostedDmarc, parked, problems)
    if (hostedMtaSts) checkHostedMtaSts(hostedMtaSts, problems)
    if (readyTimeout !== undefined && isKnown(readyTimeout) && !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(readyTimeout)) {
      const found = JSON.stringify(readyTimeout)
      problems.add('readyTimeout', `found ${found}, expected a number and a unit (s, m or h). Write "30m".`)
    }
    return problems
  }

  #checkAddress({ address, account, hostedDmarc, hostedMtaSts }: MonitoredDomainProps, problems: Problems): void {
    const parsed = parseDomainName(address)
    if (!parsed.ok) {
      problems.add('address', parsed.finding.message)
      return
    }
    const fault = hostedDmarc || hostedMtaSts ? hostingFault(address) : undefined
    if (fault) problems.add('address', fault.message)
    const owner = typeof account === 'string' ? account : account?.accountId
    const other = declareAddress(this, parsed.ascii, owner)
    if (other !== undefined) {
      const found = `found ${parsed.unicode}, which ${other} declares already`
      problems.add('address', `${found}, expected each domain once in an account. Remove one of the two.`)
    }
  }

  #hostedRecords(): HostedRecord[] {
    const keys: RecordKind[] = []
    if (this.hostedDmarc) keys.push('dmarc')
    if (this.hostedMtaSts) keys.push('mta_sts_policy', 'mta_sts_id', 'tls_rpt')
    const known = isKnown(this.address) && parseDomainName(this.address).ok
    const names = known ? hostedNames(this.address) : undefined
    return keys.map((key) => {
      // By hand: the generated map writes its keys without quotes, which Terraform reads as references.
      const attribute = (field: string) => this.resource.getStringAttribute(`cnames.${key}.${field}`)
      return { key, name: names?.[key] ?? attribute('name'), type: 'CNAME', value: attribute('value') }
    })
  }

  #publish(dns: DnsTarget): readonly ITerraformDependable[] {
    const scope = new Construct(this, 'dns')
    const published = dns.publish(scope, this.#records)
    ensureValidNames(scope)
    return published
  }

  #verify(props: MonitoredDomainProps, published: readonly ITerraformDependable[]): DomainVerification {
    const { provider, readyTimeout } = props
    const config = {
      domainId: this.resource.id,
      accountId: this.resource.accountId,
      // A change of a target verifies again.
      records: Object.fromEntries(this.#records.map(({ key, value }) => [key, value])),
      timeouts: readyTimeout === undefined ? undefined : { create: readyTimeout, update: readyTimeout },
      dependsOn: published.length > 0 ? published.slice() : undefined,
      provider,
    }
    const verification = new DomainVerification(this, 'verification', given(config))
    ensureValidNames(verification)
    return verification
  }
}

function accountOf({ account }: MonitoredDomainProps): string | undefined {
  return typeof account === 'string' ? account : account?.accountId
}

function bindingOf({ extraRua, extraRuf, ...others }: HostedDmarc) {
  return { ...others, ...given({ extraRua: extraRua?.slice(), extraRuf: extraRuf?.slice() }) }
}
