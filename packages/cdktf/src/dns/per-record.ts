import type { Construct } from 'constructs'
import type { ITerraformDependable } from '../framework.ts'
import { Problems } from '../problems.ts'
import { DnsTarget, type HostedRecord } from './target.ts'
import { checkTtl } from './ttl.ts'

/** A target that makes one resource for each record. */
export abstract class PerRecordDns<Props extends { readonly ttl?: number }> extends DnsTarget {
  protected readonly props: Props

  constructor(props: Props) {
    super()
    this.props = props
  }

  override publish(scope: Construct, records: readonly HostedRecord[]): readonly ITerraformDependable[] {
    const problems = new Problems()
    checkTtl(this.props.ttl, problems)
    problems.reportOn(scope)
    return records.flatMap((record) => this.record(scope, record) ?? [])
  }

  /** Answers nothing where synthesis fails instead. */
  protected abstract record(scope: Construct, record: HostedRecord): ITerraformDependable | undefined
}
