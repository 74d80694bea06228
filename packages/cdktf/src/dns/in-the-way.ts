import { Construct } from 'constructs'
import { configOf } from '../config.ts'
import { type ITerraformDependable, TerraformElement, TerraformResource, Token } from '../framework.ts'
import { DataDmarcreportDnsLookup } from '../generated/data-dmarcreport-dns-lookup.ts'
import { ensureValidNames } from '../terraform-names.ts'
import type { HostedRecord, PublishContext } from './hosted-record.ts'

/** How a target takes what stands at a name. */
export interface InTheWayOptions {
  /** What replaces records that are in the way, for the error. */
  readonly replacement: string
  /**
   * The target overwrites a CNAME that is there.
   * @default false
   */
  readonly overwritesCname?: boolean | undefined
}

/**
 * Lets the plan refuse a record that another provider would fail to create in the middle of the apply: a look-up of ours says what
 * stands at the name and what is in force for mail. What could not be looked up is a warning, never a refusal.
 */
export function refuseWhatIsInTheWay(
  scope: Construct,
  record: HostedRecord,
  made: readonly ITerraformDependable[],
  context: PublishContext,
  options: InTheWayOptions,
): void {
  const resources = made.filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
  if (resources.length === 0) return
  const { provider, expected } = context
  const within = new Construct(scope, `now-${record.key}`)
  // Not the target: it is known only after the apply where the domain is new, and the look-up would wait for it.
  const config = configOf({ name: record.name, expected: expected?.[record.key], provider })
  const seen = new DataDmarcreportDnsLookup(within, 'lookup', config as { name: string })
  const at = () => `data.${seen.terraformResourceType}.${seen.friendlyUniqueId}`
  new Check(within, 'check', () => ({
    condition: `\${${at()}.status != "blocked"}`,
    error_message: `\${${at()}.message}`,
  }))
  // Before anything refers to them.
  ensureValidNames(within)
  // Written when the stack is, without a token of the framework: until then the look-up may be given another name.
  const precondition = {
    get condition() {
      return isFree(at(), record, options)
    },
    get errorMessage() {
      return (
        `Found ${foundAt(at())}. A CNAME must be the only record at its name. ` +
        `In force: \${coalesce(${at()}.in_force, "nothing")}. ` +
        `\${join(" ", ${at()}.effect_messages)} Remove the record, or write with ${options.replacement}.`
      )
    },
  }
  for (const resource of resources) {
    const { precondition: others = [], ...lifecycle } = resource.lifecycle ?? {}
    resource.lifecycle = { ...lifecycle, precondition: [...others, precondition] }
  }
}

/** The records that the look-up found. Not its message, which advises for a conflict mode that other targets do not have. */
function foundAt(at: string): string {
  const records = `flatten([for set in ${at}.found : [for value in set.values : format("%s %s", set.type, value)]])`
  return `\${join(", ", ${records})} at \${${at}.name}`
}

/**
 * Nothing but a CNAME to the service that hosts the record, which is the one that Terraform has written, or an older one of the
 * same domain. Conditionals, since older releases of Terraform leave `false && unknown` to the apply. Written as text: every
 * reference and function of the framework keeps a stack trace, which for a thousand domains takes gigabytes.
 *
 * @param at the look-up's address
 */
function isFree(at: string, { value }: HostedRecord, { overwritesCname }: InTheWayOptions): string {
  // Within an expression, the frameworks write a reference without its braces.
  const target = Token.isUnresolved(value) ? value : JSON.stringify(value)
  const service = `regex("[.].*$", ${target})`
  const isOurs = overwritesCname === true ? 'true' : `endswith(coalesce(${at}.cname, "none"), ${service})`
  return `\${${at}.status == "other_records" ? false : ${at}.status == "cname" ? ${isOurs} : true}`
}

/** A check block: a warning of the plan where it does not hold. The frameworks have no element for it. */
class Check extends TerraformElement {
  readonly #assertion: () => object

  constructor(scope: Construct, id: string, assertion: () => object) {
    super(scope, id)
    this.#assertion = assertion
  }

  override toTerraform(): object {
    return { check: { [this.friendlyUniqueId]: { assert: [this.#assertion()] } } }
  }
}
