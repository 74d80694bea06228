import { type DomainChange, hasUnknown, isDomain, type Plan, type ResourceChange, type Values } from './plan.ts'

/**
 * CNAMEs that a plan takes out of the DNS while what they point to stays hosted: whichever provider writes them, they are
 * known by their targets, which belong to one domain each.
 */
export function lostCnames({ before, after }: DomainChange, plan: Plan): string[] {
  const written = writtenBy(plan)
  return Object.entries(before.cnames ?? {}).flatMap(([kind, { name, value }]) => {
    const stays = after?.cnames?.[kind] !== undefined
    if (!stays || !value || !written(value, 'before') || written(value, 'after')) return []
    return [`the CNAME ${name} is no longer written`]
  })
}

/**
 * The kinds of CNAMEs that a plan begins to write, so that they take the place of what is live. A target that only the apply tells
 * may be one of them.
 */
export function gainedCnames({ before, after, unknown }: DomainChange, plan: Plan): string[] {
  const written = writtenBy(plan)
  const wasWritten = (kind: string) => {
    const target = before.cnames?.[kind]?.value
    return target !== undefined && written(target, 'before')
  }
  const kinds = unknown.cnames === true ? Object.keys(before.cnames ?? {}) : Object.keys(after?.cnames ?? {})
  return kinds.filter((kind) => {
    if (wasWritten(kind)) return false
    const target = after?.cnames?.[kind]?.value
    const isUnknown = unknown.cnames === true || hasUnknown((unknown.cnames as Values | undefined)?.[kind])
    return isUnknown || (target != null && written(target, 'after'))
  })
}

function writtenBy(plan: Plan): (target: string, when: 'before' | 'after') => boolean {
  const writers = (plan.resource_changes ?? []).filter(
    (resource) => !isDomain(resource) && resource.type !== 'dmarcreport_domain_verification',
  )
  return (target, when) => writers.some((one) => mentions(one, when, target))
}

/** As a whole text, not as a part of one: with or without the final dot. */
function mentions({ change }: ResourceChange, when: 'before' | 'after', target: string): boolean {
  const text = JSON.stringify(change[when])
  return [target, `${target}.`].some((value) => text.includes(JSON.stringify(value)))
}
