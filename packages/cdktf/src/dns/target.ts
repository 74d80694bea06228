import type { Construct } from 'constructs'
import type { ITerraformDependable } from '../framework.ts'
import { Problems } from '../problems.ts'
import type { HostedRecord, PublishContext } from './hosted-record.ts'
import { refuseWhatIsInTheWay } from './in-the-way.ts'

/** How a target of your own is treated. */
export interface CustomDnsOptions {
  /**
   * Looks up what stands at the names, so that the plan refuses records that are in the way, for every answer of yours that is a
   * resource.
   * @default true
   */
  readonly checkExisting?: boolean | undefined
}

/** Makes what publishes one record, inside `scope`. Answers what must exist before the record counts as published. */
export type PublishRecord = (
  record: HostedRecord,
  scope: Construct,
) => ITerraformDependable | readonly ITerraformDependable[] | undefined

/** Where the CNAMEs of domains are written. One target serves any number of domains. */
export abstract class DnsTarget {
  /** Any other way to publish a record: with bindings of your own, a module, a file. */
  static custom(publish: PublishRecord, options: CustomDnsOptions = {}): DnsTarget {
    return new CustomDns(publish, options)
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
  readonly #checkExisting: boolean

  constructor(publish: PublishRecord, { checkExisting = true }: CustomDnsOptions) {
    super()
    this.#publish = publish
    this.#checkExisting = checkExisting
  }

  override publish(
    scope: Construct,
    records: readonly HostedRecord[],
    context: PublishContext = {},
  ): readonly ITerraformDependable[] {
    const problems = new Problems('dns')
    if (typeof this.#publish !== 'function') {
      problems.add('custom', `found ${String(this.#publish)}, expected a function that makes what publishes a record.`)
      problems.reportOn(scope)
      return []
    }
    return records.flatMap((record) => {
      const made = [this.#publish(record, scope) ?? []].flat()
      if (this.#checkExisting) refuseWhatIsInTheWay(scope, record, made, context, { replacement })
      return made
    })
  }
}

const replacement = `ProviderDns and onConflict "replace", which puts it back on destroy`
