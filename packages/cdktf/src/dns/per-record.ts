import type { Construct } from 'constructs'
import type { ITerraformDependable } from '../framework.ts'
import { Problems } from '../problems.ts'
import type { PropShapes } from '../shape.ts'
import { DnsTarget, type HostedRecord } from './target.ts'
import { checkTtl } from './ttl.ts'

/** A target that makes one resource for each record. */
export abstract class PerRecordDns<Props extends { readonly ttl?: number | undefined }> extends DnsTarget {
  /** What is wrong with the props, in the props of a domain. */
  protected readonly problems = new Problems('dns')
  /** The props as far as they have their shape. */
  protected readonly props: Props

  constructor(props: Props, shapes: PropShapes<Props>, required: readonly (keyof Props & string)[] = []) {
    super()
    this.props = this.problems.checked(props, shapes, required)
    checkTtl(this.props.ttl, this.problems)
  }

  override publish(scope: Construct, records: readonly HostedRecord[]): readonly ITerraformDependable[] {
    this.problems.reportOn(scope)
    if (!this.problems.isEmpty) return []
    return records.flatMap((record) => this.record(scope, record) ?? [])
  }

  /** Answers nothing where synthesis fails instead. */
  protected abstract record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined
}
