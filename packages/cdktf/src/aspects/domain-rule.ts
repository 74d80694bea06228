import { parseDomainName } from '@dmarc-as-code/records'
import type { IConstruct } from 'constructs'
import { MonitoredDomain } from '../domain/monitored-domain.ts'
import type { IAspect } from '../framework.ts'
import { Problems } from '../problems.ts'
import type { PropShapes } from '../shape.ts'

/**
 * A rule that every domain in a scope must meet: `Aspects.of(stack).add(new RequireMtaSts())`. For a rule of your own,
 * extend this class and return what is wrong with a domain.
 */
export abstract class DomainRule implements IAspect {
  /** What is wrong: what was found, what is expected and what to do. Undefined or empty when nothing is wrong. */
  abstract check(domain: MonitoredDomain): string | readonly string[] | undefined

  readonly #visited = new WeakSet<IConstruct>()

  /** Fails the synthesis, also in tests (`Testing.synth(stack, true)`), where a domain breaks the rule. */
  visit(node: IConstruct): void {
    if (!MonitoredDomain.isMonitoredDomain(node) || this.#visited.has(node)) return
    this.#visited.add(node)
    node.node.addValidation({ validate: () => [this.check(node) ?? []].flat() })
  }
}

/** The props of a rule. Throws where one is wrong: a rule that is misspelt would let everything pass. */
export function checkedRule<Props extends object>(
  rule: string,
  props: Props,
  shapes: PropShapes<Props>,
  required: readonly (keyof Props & string)[] = [],
): Props {
  const problems = new Problems()
  const checked = problems.checked(props, shapes, required)
  if (problems.isEmpty) return checked
  throw new Error(`${rule}: ${problems.errors.join('\n')}`)
}

/** The shapes of what narrows a rule. */
export const domainRuleShapes: PropShapes<DomainRuleProps> = { tags: { list: 'name' }, except: { list: 'name' } }

/** Narrows a rule to some domains. */
export interface DomainRuleProps {
  /**
   * Only domains with one of these tags.
   * @default - all domains
   */
  readonly tags?: readonly string[] | undefined
  /**
   * Addresses that the rule does not apply to, in any spelling.
   * @default - none
   */
  readonly except?: readonly string[] | undefined
}

/** Whether a rule with these props is about the domain. */
export function appliesTo({ tags, except = [] }: DomainRuleProps, domain: MonitoredDomain): boolean {
  const own = labelsOf(domain.address)
  if (except.some((address) => labelsOf(address) === own)) return false
  return tags === undefined || domain.tagNames.some((tag) => tags.includes(tag))
}

function labelsOf(address: string): string {
  const parsed = parseDomainName(address)
  return parsed.ok ? parsed.ascii : address
}
