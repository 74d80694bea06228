import type { Construct } from 'constructs'
import type { ITerraformDependable } from '../framework.ts'
import type { dnsServiceNames } from '../generated/dns-services.ts'
import { Problems } from '../problems.ts'
import type { PropShapes } from '../shape.ts'
import type { HostedRecord, PublishContext } from './hosted-record.ts'
import { refuseWhatIsInTheWay } from './in-the-way.ts'
import { DnsTarget } from './target.ts'
import { checkTtl } from './ttl.ts'

/** Props that every such target has. */
interface PerRecordProps {
  readonly ttl?: number | undefined
  readonly checkExisting?: boolean | undefined
}

/** A target that makes one resource for each record. */
export abstract class PerRecordDns<Props extends PerRecordProps> extends DnsTarget {
  /** What is wrong with the props, in the props of a domain. */
  protected readonly problems = new Problems('dns')
  /** The props as far as they have their shape. */
  protected readonly props: Props
  /** The setting of `ProviderDns` that writes into the same service. */
  protected abstract readonly service: (typeof dnsServiceNames)[number]

  constructor(props: Props, shapes: PropShapes<Props>, required: readonly (keyof Props & string)[] = []) {
    super()
    this.props = this.problems.checked(props, shapes, required)
    checkTtl(this.props.ttl, this.problems)
  }

  override publish(
    scope: Construct,
    records: readonly HostedRecord[],
    context: PublishContext = {},
  ): readonly ITerraformDependable[] {
    this.problems.reportOn(scope)
    if (!this.problems.isEmpty) return []
    return records.flatMap((record) => {
      const made = [this.record(scope, record) ?? []].flat()
      if (this.props.checkExisting ?? true) {
        const replacement = `new ProviderDns({ ${this.service}: {...}, onConflict: "replace" }), which puts it back on destroy`
        refuseWhatIsInTheWay(scope, record, made, context, { replacement, overwritesCname: this.overwritesCname })
      }
      return made
    })
  }

  /** Whether a CNAME that is there is overwritten. */
  protected get overwritesCname(): boolean {
    return false
  }

  /** Answers nothing where synthesis fails instead. */
  protected abstract record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined
}
