import { hostedNames, hostingFault, kindsOfService, parseDomainName, type RecordKind } from '@dmarc-as-code/records'
import { Construct } from 'constructs'
import { accountShape, type IAccount } from '../account.ts'
import { configOf, given } from '../config.ts'
import type { HostedRecord } from '../dns/hosted-record.ts'
import type { DnsTarget } from '../dns/target.ts'
import type { IResolvable, ITerraformDependable, TerraformProvider } from '../framework.ts'
import { Domain } from '../generated/domain.ts'
import { DomainVerification } from '../generated/domain-verification.ts'
import { checkConsent } from '../hosted/consent.ts'
import { checkHostedDmarc, expectedRecord, type HostedDmarc, hostedDmarcShape } from '../hosted/dmarc.ts'
import { checkHostedMtaSts, type HostedMtaSts, hostedMtaStsShape } from '../hosted/mta-sts.ts'
import { ImportBlock } from '../import-block.ts'
import { lazyText, lazyValue } from '../lazy.ts'
import { isMarked, mark } from '../mark.ts'
import { Moves } from '../moves.ts'
import { honourNodeDependencies } from '../node-dependencies.ts'
import { ensureOneFramework } from '../one-framework.ts'
import { isKnown, notOneOf, Problems } from '../problems.ts'
import { providerShape } from '../provider-shape.ts'
import { DmarcRollout } from '../rollout/dmarc-rollout.ts'
import { isObjectWith, isObjectWithText, type PropShapes, type Shape } from '../shape.ts'
import type { ITag } from '../tag.ts'
import { ensureValidNames } from '../terraform-names.ts'
import { declareAddress } from './declared-addresses.ts'
import { type ExistingDomainOptions, existingDomain, type IMonitoredDomain } from './imported-domain.ts'

/** Aggregate and failure reports of DMARC, and reports on TLS. */
export type ReportKind = 'aggregate' | 'failure' | 'tls'

const reportKinds: readonly ReportKind[] = ['aggregate', 'failure', 'tls']

export interface MonitoredDomainProps {
  /** The domain name, in its own script or as A-labels. A change creates a new domain. */
  readonly address: string
  /**
   * The account it belongs to: a construct, or its id, slug or title.
   * @default - that of the provider
   */
  readonly account?: IAccount | string | undefined
  /**
   * Which reports are wanted.
   * @default - aggregate and failure, and tls where hostedMtaSts is set
   */
  readonly reports?: readonly ReportKind[] | undefined
  /**
   * The domain sends no mail. A change creates a new domain.
   * @default false
   */
  readonly parked?: boolean | undefined
  /**
   * Tags: constructs, or names of tags that exist.
   * @default - left as they are
   */
  readonly tags?: readonly (ITag | string)[] | undefined
  /**
   * Hosts the DMARC record: its settings, or a rollout that decides them.
   * @default - not hosted
   */
  readonly hostedDmarc?: HostedDmarc | DmarcRollout | undefined
  /**
   * Hosts the MTA-STS policy and the TLS-RPT record.
   * @default - not hosted
   */
  readonly hostedMtaSts?: HostedMtaSts | undefined
  /**
   * Where the CNAMEs of what is hosted are written.
   * @default - nowhere: write them yourself, from `cnames`
   */
  readonly dns?: DnsTarget | undefined
  /**
   * The apply waits until everything is verified and live.
   * @default - true where dns is set and something is hosted
   */
  readonly waitUntilReady?: boolean | undefined
  /**
   * How long it waits, such as 90s, 30m or 1h.
   * @default 30m
   */
  readonly readyTimeout?: string | undefined
  /**
   * How long the MTA-STS records stay after hostedMtaSts is removed, such as 168h: the policy is set to mode none at once, and hosting
   * ends with the first apply after that time (RFC 8461 section 8.3). 0s ends it at once.
   * @default - the age of the policy
   */
  readonly retireAfter?: string | undefined
  /**
   * Why the protection that is live may become weaker, in 1 to 500 printable characters. The plan refuses to weaken it without.
   * Remove it after the apply, so that it does not cover the next change.
   * @default - nothing is weakened; that of the rollout, where hostedDmarc is one
   */
  readonly allowWeaker?: string | undefined
  /**
   * Why a policy is tightened although the reports do not show that no mail is lost, in 1 to 500 printable characters. It passes the
   * `gate`. Remove it after the apply, so that it does not cover the next change.
   * @default - the gate decides; that of the rollout, where hostedDmarc is one
   */
  readonly acceptRisk?: string | undefined
  /**
   * The plan refuses to delete the domain, even after it is removed from the program: the setting is kept in
   * Terraform's state. To delete a domain, set it to false, apply, and then remove the domain.
   * @default - false; true for the domains of a DomainFleet
   */
  readonly deletionProtection?: boolean | undefined
  /** @default - the only one of the stack */
  readonly provider?: TerraformProvider | undefined
}

const tagShape: Shape = {
  oneOf: ['text', { is: isObjectWithText('tagName'), expected: 'a tag' }],
  expected: 'a tag, or the name of one',
}

export const domainShapes: PropShapes<MonitoredDomainProps> = {
  address: 'text',
  account: accountShape,
  reports: { list: 'text' },
  parked: 'boolean',
  tags: { list: tagShape },
  hostedDmarc: {
    oneOf: [{ is: DmarcRollout.isDmarcRollout, expected: 'a rollout' }, hostedDmarcShape],
    expected: 'settings such as { policy: "none" }, or a DmarcRollout',
  },
  hostedMtaSts: hostedMtaStsShape,
  dns: { is: isObjectWith('publish'), expected: 'a DNS target such as new ProviderDns({ rfc2136: {} })' },
  waitUntilReady: 'boolean',
  readyTimeout: 'text',
  retireAfter: 'text',
  allowWeaker: 'text',
  acceptRisk: 'text',
  deletionProtection: 'boolean',
  provider: providerShape,
}

/** A domain that DMARC Report monitors, with its hosted records, the CNAMEs they need, and the wait until everything is live. */
export class MonitoredDomain extends Construct implements IMonitoredDomain {
  /** As written. */
  readonly address: string
  readonly parked: boolean
  /** The settings of hosted DMARC; undefined where it is not hosted. */
  readonly hostedDmarc: HostedDmarc | undefined
  readonly hostedMtaSts: HostedMtaSts | undefined
  /** Why its protection may become weaker, where it may. */
  readonly allowWeaker: string | undefined
  /** Names of its tags where they are known while synthesising, as far as they are declared here. */
  readonly tagNames: readonly string[]
  /** The account's id as the service returns it. */
  readonly accountId: string
  readonly domainId: string
  readonly slug: string
  /** The CNAMEs that what is hosted needs, by the record they are for. Keys and names are known during synthesis. */
  readonly cnames: Readonly<Partial<Record<RecordKind, HostedRecord>>>
  /** The L1 resource, for everything that has no prop here. */
  readonly resource: Domain
  /** The L1 resource that waits; undefined where nothing does. */
  readonly verification: DomainVerification | undefined
  /** True once everything is live. Undefined where nothing waits. */
  readonly ready: IResolvable | undefined

  /** A domain that exists and is managed elsewhere. */
  static fromAddress(
    scope: Construct,
    id: string,
    address: string,
    options: ExistingDomainOptions = {},
  ): IMonitoredDomain {
    return existingDomain(scope, id, address, options)
  }

  /** Whether a value is a MonitoredDomain, whichever copy of this package made it. Never throws. */
  static isMonitoredDomain(value: unknown): value is MonitoredDomain {
    return isMarked(value, 'MonitoredDomain')
  }

  constructor(scope: Construct, id: string, props: MonitoredDomainProps, report: ReportProblems = reportOnConstruct) {
    super(scope, id)
    ensureOneFramework(this)
    mark(this, 'MonitoredDomain')
    honourNodeDependencies(this)
    const problems = new Problems()
    const checked = problems.checked(props, domainShapes, ['address'])
    const rollout = DmarcRollout.isDmarcRollout(checked.hostedDmarc) ? checked.hostedDmarc : undefined
    const { allowWeaker = rollout?.allowWeaker, acceptRisk = rollout?.acceptRisk } = checked
    const { address = '', parked = false, hostedDmarc, hostedMtaSts, tags, provider } = checked
    this.address = address
    this.parked = parked
    this.hostedDmarc = DmarcRollout.isDmarcRollout(hostedDmarc) ? hostedDmarc.hostedDmarc : hostedDmarc
    this.allowWeaker = allowWeaker
    this.hostedMtaSts = hostedMtaSts
    this.tagNames = (tags ?? []).map(labelOf).filter((tag) => isKnown(tag))
    if (problems.isEmpty) this.#check(checked, problems)
    report(problems, this)
    const reports = checked.reports ?? ['aggregate', 'failure']
    this.resource = new Domain(
      this,
      'Resource',
      configOf({
        address,
        accountId: accountOf(checked),
        ruaReport: reports.includes('aggregate'),
        rufReport: reports.includes('failure'),
        // Left to the provider where nothing is said: it asks for TLS reports where MTA-STS is hosted.
        mtaStsReport: checked.reports && reports.includes('tls'),
        parked,
        allowWeaker,
        acceptRisk,
        retireAfter: checked.retireAfter,
        deletionProtection: checked.deletionProtection,
        tags: tags?.map((tag) => (typeof tag === 'string' ? tag : tag.tagName)),
        hostedDmarc: this.hostedDmarc,
        hostedMtaSts,
        provider,
      }) as ConstructorParameters<typeof Domain>[2],
    )
    ensureValidNames(this.resource)
    this.accountId = lazyText(() => this.resource.accountId)
    this.domainId = lazyText(() => this.resource.id)
    this.slug = lazyText(() => this.resource.slug)
    const records = this.#hostedRecords()
    this.cnames = Object.fromEntries(records.map((record) => [record.key, record]))
    const published = checked.dns && this.#publish(checked.dns, records, provider)
    const waits = checked.waitUntilReady ?? (published !== undefined && records.length > 0)
    this.verification = waits ? this.#verify(checked, records, published ?? []) : undefined
    const { verification } = this
    this.ready = verification && lazyValue(() => verification.ready)
  }

  /** The Terraform address that stands for the domain in `dependsOn`: that of the verification, where there is one. */
  get fqn(): string {
    return (this.verification ?? this.resource).fqn
  }

  /**
   * Writes an import block, so that the next apply takes over the domain that exists instead of creating one. `from` is
   * `ACCOUNT/ADDRESS`, a slug or an id.
   * @default - the address, with the account in front where it is known
   */
  importFrom(from?: string): void {
    const account = this.#importAccount
    const own = account === undefined ? this.address : `${account}/${this.address}`
    ImportBlock.write(this, this.resource, from ?? own)
  }

  /**
   * Writes moved blocks, so that the next apply keeps the domain, its records and its history when its construct moves to another id or
   * another place in the stack. Without them, Terraform deletes the domain and creates another.
   * @param oldPath - its former id, or ids joined by `/`, below the stack, such as `clients/example.com`
   */
  movedFrom(oldPath: string): void {
    Moves.of(this).from(oldPath)
  }

  get #importAccount(): string | undefined {
    const account = this.resource.accountIdInput
    return isKnown(account) ? account : undefined
  }

  #check(props: MonitoredDomainProps, problems: Problems): void {
    const { address, reports, parked = false, hostedMtaSts, readyTimeout } = props
    if (isKnown(address)) this.#checkAddress(props, problems)
    for (const kind of reports ?? []) {
      if (isKnown(kind) && !reportKinds.includes(kind)) problems.add('reports', notOneOf(kind, reportKinds))
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
    if (this.hostedDmarc) checkHostedDmarc(this.hostedDmarc, parked, problems)
    if (hostedMtaSts) checkHostedMtaSts(hostedMtaSts, problems)
    if (hostedMtaSts && parked === true) {
      const found = 'found a policy for a parked domain'
      problems.add('hostedMtaSts', `${found}, expected none: it receives no mail. Remove hostedMtaSts or parked.`)
    }
    const someDmarc = reports?.some((kind) => kind === 'aggregate' || kind === 'failure')
    if (hostedMtaSts && someDmarc && !reports?.includes('tls')) {
      const found = `found ${JSON.stringify(reports)}`
      problems.add('reports', `${found}, expected tls among them, since hostedMtaSts needs it. Add "tls".`)
    }
    checkConsent(props, problems)
    const durations = { readyTimeout: [readyTimeout, '30m'], retireAfter: [props.retireAfter, '168h'] } as const
    for (const [name, [value, example]] of Object.entries(durations)) {
      if (!isKnown(value) || /^(\d+(\.\d+)?(ms|s|m|h))+$/.test(value)) continue
      const found = JSON.stringify(value)
      problems.add(name, `found ${found}, expected a number and a unit (s, m or h). Write "${example}".`)
    }
  }

  #checkAddress(props: MonitoredDomainProps, problems: Problems): void {
    const { address, hostedDmarc, hostedMtaSts, provider } = props
    const parsed = parseDomainName(address)
    if (!parsed.ok) {
      problems.add('address', parsed.finding.message)
      return
    }
    const fault = hostedDmarc || hostedMtaSts ? hostingFault(address) : undefined
    if (fault) problems.add('address', fault.message)
    const other = declareAddress(this, parsed.ascii, accountOf(props), provider)
    if (other !== undefined) {
      const found = `found ${parsed.unicode}, which ${other} declares already`
      problems.add('address', `${found}, expected each domain once in an account. Remove one of the two.`)
    }
  }

  #hostedRecords(): HostedRecord[] {
    const keys = [
      ...(this.hostedDmarc ? kindsOfService('hosted_dmarc') : []),
      ...(this.hostedMtaSts ? kindsOfService('hosted_mta_sts') : []),
    ]
    const known = isKnown(this.address) && parseDomainName(this.address).ok
    const names = known ? hostedNames(this.address) : undefined
    return keys.map((key) => {
      // By hand: the generated map writes its keys without quotes, which Terraform reads as references.
      const attribute = (field: string) => lazyText(() => this.resource.getStringAttribute(`cnames.${key}.${field}`))
      return { key, name: names?.[key] ?? attribute('name'), type: 'CNAME', value: attribute('value') }
    })
  }

  #publish(
    dns: DnsTarget,
    records: readonly HostedRecord[],
    provider: TerraformProvider | undefined,
  ): readonly ITerraformDependable[] {
    const scope = new Construct(this, 'dns')
    const dmarc = this.hostedDmarc && expectedRecord(this.hostedDmarc, this.parked)
    const published = dns.publish(
      scope,
      records,
      given({ provider, allowWeaker: this.allowWeaker, expected: given({ dmarc }) }),
    )
    ensureValidNames(scope)
    return published
  }

  #verify(
    props: MonitoredDomainProps,
    records: readonly HostedRecord[],
    published: readonly ITerraformDependable[],
  ): DomainVerification {
    const { provider, readyTimeout } = props
    const config = {
      domainId: this.domainId,
      accountId: this.accountId,
      // A change of a target verifies again.
      records: Object.fromEntries(records.map(({ key, value }) => [key, value])),
      timeouts: readyTimeout === undefined ? undefined : { create: readyTimeout, update: readyTimeout },
      dependsOn: published.length > 0 ? published.slice() : undefined,
      provider,
    }
    const verification = new DomainVerification(this, 'verification', configOf(config))
    ensureValidNames(verification)
    return verification
  }
}

/** Where the problems of a domain go: to its construct, or to the fleet that knows where the data came from. */
export type ReportProblems = (problems: Problems, domain: MonitoredDomain) => void

const reportOnConstruct: ReportProblems = (problems, domain) => problems.reportOn(domain)

function accountOf({ account }: MonitoredDomainProps): string | undefined {
  return typeof account === 'string' ? account : account?.accountId
}

/** What a tag is called where that is known while synthesising. */
const labelOf = (tag: ITag | string) => (typeof tag === 'string' ? tag : (tag.label ?? tag.tagName))
