import { lostCnames } from './cnames.ts'
import { weakerDmarc } from './dmarc.ts'
import { weakerMtaSts } from './mta-sts.ts'
import { type DomainChange, domainChanges, isDomain, type Plan } from './plan.ts'

/** Every protection that a plan takes away, one line each. */
export function weakenings(plan: Plan): string[] {
  const changes = domainChanges(plan)
  // Without this, a pull request that loses the state would pass with whatever it brings.
  if (changes.length === 0 && (plan.resource_changes ?? []).some(isDomain)) {
    return ['the state has no domains yet, so there is nothing to compare with']
  }
  return changes.flatMap((change) => weakeningsOf(change, plan).map((what) => `${change.before.address}: ${what}`))
}

function weakeningsOf(change: DomainChange, plan: Plan): string[] {
  const { actions, before, after } = change
  if (actions.includes('forget')) return ['is no longer managed here']
  if (after && after.address !== before.address) return [`is removed, ${after.address} comes in its place`]
  const whole = after === null ? 'is removed, and its reports end' : 'is removed and created again'
  return [
    ...(actions.includes('delete') ? [whole] : []),
    ...(before.deletion_protection && after && !after.deletion_protection
      ? ['is no longer protected from deletion']
      : []),
    ...weakerDmarc(change),
    ...weakerMtaSts(change),
    ...lostCnames(change, plan),
  ]
}
