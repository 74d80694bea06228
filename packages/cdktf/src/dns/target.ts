import type { Construct } from 'constructs'
import type { ITerraformDependable } from '../framework.ts'
import { Problems } from '../problems.ts'
import { isObjectWith, type PropShapes, shown } from '../shape.ts'
import type { HostedRecord, PublishContext } from './hosted-record.ts'
import { refuseWhatIsInTheWay } from './in-the-way.ts'

/** How a custom target is treated. */
export interface CustomDnsOptions {
  /**
   * Looks up what stands at the names, so that the plan refuses records that are in the way, for every resource that it
   * returns.
   * @default true
   */
  readonly checkExisting?: boolean | undefined
}

/** Creates what publishes one record, inside `scope`. Returns what must exist before the record counts as published. */
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
   * Creates the resources that publish a domain's records, inside `scope`, and returns what verification waits for.
   * `scope` is the target's own within the domain, so ids need only be unique among the records.
   */
  abstract publish(
    scope: Construct,
    records: readonly HostedRecord[],
    context?: PublishContext,
  ): readonly ITerraformDependable[]
}

const optionShapes: PropShapes<CustomDnsOptions> = { checkExisting: 'boolean' }

class CustomDns extends DnsTarget {
  readonly #publish: PublishRecord
  readonly #problems = new Problems('dns')
  readonly #checkExisting: boolean

  constructor(publish: PublishRecord, options: CustomDnsOptions) {
    super()
    this.#publish = publish
    const { checkExisting = true } = this.#problems.checked(options, optionShapes)
    this.#checkExisting = checkExisting
    if (typeof publish === 'function') return
    const found = `found ${shown(publish)}`
    this.#problems.add('custom', `${found}, expected a function that creates the resources for a record. Pass one.`)
  }

  override publish(
    scope: Construct,
    records: readonly HostedRecord[],
    context: PublishContext = {},
  ): readonly ITerraformDependable[] {
    this.#problems.reportOn(scope)
    if (!this.#problems.isEmpty) return []
    return records.flatMap((record) => {
      const made = this.#made(record, scope)
      if (this.#checkExisting) refuseWhatIsInTheWay(scope, record, made, context, { replacement })
      return made
    })
  }

  /** What the function answers, as far as verification can wait for it. */
  #made(record: HostedRecord, scope: Construct): ITerraformDependable[] {
    const made = [this.#publish(record, scope) ?? []].flat()
    // Its value is not read: that would fix the name of the resource, which may still change.
    const others = made.filter((one) => !isObjectWith('fqn')(one))
    if (others.length === 0) return made
    const problems = new Problems('dns')
    const expected = 'expected what it created: a resource, a list of resources or nothing'
    problems.add(
      'custom',
      `found ${others.map(shown).join(', ')} as the result for ${record.key}, ${expected}. Return it.`,
    )
    problems.reportOn(scope)
    return made.filter((one) => !others.includes(one))
  }
}

const replacement = `ProviderDns and onConflict "replace", which puts it back on destroy`
