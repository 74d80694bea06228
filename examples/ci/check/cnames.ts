import { type DomainChange, isDomain, type Plan, type ResourceChange } from './plan.ts'

/**
 * CNAMEs that a plan takes out of the DNS while what they point to stays hosted: whichever provider writes them, they are
 * known by their targets, which belong to one domain each.
 */
export function lostCnames({ before, after }: DomainChange, plan: Plan): string[] {
  const writers = (plan.resource_changes ?? []).filter(
    (resource) => !isDomain(resource) && resource.type !== 'dmarcreport_domain_verification',
  )
  const written = (target: string, when: 'before' | 'after') => writers.some((one) => mentions(one, when, target))
  return Object.entries(before.cnames ?? {}).flatMap(([kind, { name, value }]) => {
    const stays = after?.cnames?.[kind] !== undefined
    if (!stays || !value || !written(value, 'before') || written(value, 'after')) return []
    return [`the CNAME ${name} is no longer written`]
  })
}

/** As a whole text, not as a part of one: with or without the final dot. */
function mentions({ change }: ResourceChange, when: 'before' | 'after', target: string): boolean {
  const text = JSON.stringify(change[when])
  return [target, `${target}.`].some((value) => text.includes(JSON.stringify(value)))
}
