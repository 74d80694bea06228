import type { RecordKind } from '@dmarc-as-code/records'
import type { Construct } from 'constructs'
import type { ITerraformDependable, TerraformProvider } from '../framework.ts'

/** One CNAME that a hosted domain needs. */
export interface HostedRecord {
  /** Which of the four it is. Use it as the id of what you make: it never changes. */
  readonly key: RecordKind
  /** The full name, as A-labels without the final dot. A reference where the domain's address is one. */
  readonly name: string
  readonly type: 'CNAME'
  /** The target without the final dot; a reference, known once hosting is on. */
  readonly value: string
}

/** What a target gets to know about the domain it publishes for. */
export interface PublishContext {
  /**
   * The dmarcreport provider that manages the domain.
   * @default - the only one of the stack
   */
  readonly provider?: TerraformProvider | undefined
}

/** Makes what publishes one record, inside `scope`. Answers what must exist before the record counts as published. */
export type PublishRecord = (
  record: HostedRecord,
  scope: Construct,
) => ITerraformDependable | readonly ITerraformDependable[] | undefined

/** Where the CNAMEs of domains are written. One target serves any number of domains. */
export abstract class DnsTarget {
  /** Any other way to publish a record: with bindings of your own, a module, a file. */
  static custom(publish: PublishRecord): DnsTarget {
    return new CustomDns(publish)
  }

  /**
   * Makes the resources that publish a domain's records, inside `scope`, and answers what verification waits for.
   * `scope` is the target's own within the domain, so ids need only be unique among the records.
   */
  abstract publish(
    scope: Construct,
    records: readonly HostedRecord[],
    context?: PublishContext,
  ): readonly ITerraformDependable[]
}

class CustomDns extends DnsTarget {
  readonly #publish: PublishRecord

  constructor(publish: PublishRecord) {
    super()
    this.#publish = publish
  }

  override publish(scope: Construct, records: readonly HostedRecord[]): readonly ITerraformDependable[] {
    return records.flatMap((record) => this.#publish(record, scope) ?? [])
  }
}
