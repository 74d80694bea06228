import { lostCnames } from './cnames.ts'
import { weakerDmarc } from './dmarc.ts'
import { type Losses, refused, together } from './effect.ts'
import { weakerMtaSts } from './mta-sts.ts'
import { type DomainChange, domainChanges, isDomain, type Plan } from './plan.ts'

/** Everything that a plan takes away from domains that are there before it, one line each. */
export function weakenings(plan: Plan): Losses {
  const changes = domainChanges(plan)
  // Without this, a pull request that loses the state would pass with whatever it brings.
  if (changes.length === 0 && (plan.resource_changes ?? []).some(isDomain)) {
    return refused('the state has no domains yet, so there is nothing to compare with')
  }
  return together(
    changes.map((change) => {
      const named = (lines: readonly string[]) => lines.map((line) => `${change.before.address}: ${line}`)
      const losses = weakeningsOf(change, plan)
      const reason = losses.refused.length > 0 ? change.after?.allow_weaker : undefined
      const given = reason ? [`the reason given is ${JSON.stringify(reason)}`] : []
      return { refused: named([...losses.refused, ...given]), shown: named(losses.shown), unread: [] }
    }),
  )
}

function weakeningsOf(change: DomainChange, plan: Plan): Losses {
  const { actions, before, after } = change
  if (actions.includes('forget')) return refused('is no longer managed here')
  if (after && after.address !== before.address) return refused(`is removed, ${after.address} comes in its place`)
  const whole = after === null ? 'is removed, and its reports end' : 'is removed and created again'
  const unprotected = before.deletion_protection && after && !after.deletion_protection
  return together([
    refused(...(actions.includes('delete') ? [whole] : [])),
    refused(...(unprotected ? ['is no longer protected from deletion'] : [])),
    weakerDmarc(change),
    weakerMtaSts(change),
    refused(...lostCnames(change, plan)),
  ])
}
