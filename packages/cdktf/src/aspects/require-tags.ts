import type { MonitoredDomain } from '../domain/monitored-domain.ts'
import { checkedRule, DomainRule } from './domain-rule.ts'

export interface RequireTagsProps {
  /** Each domain must have at least one of them. */
  readonly anyOf: readonly string[]
}

/** Every domain must have one of certain tags. */
export class RequireTags extends DomainRule {
  readonly #props: RequireTagsProps

  constructor(props: RequireTagsProps) {
    super()
    this.#props = checkedRule('RequireTags', props, { anyOf: { list: 'name' } }, ['anyOf'])
  }

  override check(domain: MonitoredDomain): string | undefined {
    const { anyOf } = this.#props
    if (domain.tagNames.some((tag) => anyOf.includes(tag))) return undefined
    const found = domain.tagNames.length > 0 ? domain.tagNames.join(', ') : 'none'
    return `tags: found ${found}, expected one of ${anyOf.join(', ')}. Add the tag that fits ${domain.address}.`
  }
}
