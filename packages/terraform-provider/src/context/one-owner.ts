import type { Diagnostics } from '@dmarc-as-code/terraform-plugin'
import type { PlannedObjects } from './planned-objects.ts'

/**
 * Refuses a plan in which two resources have the same object in their state, as after importing it twice: destroying either
 * one would delete it for both. `what` names the object at the beginning of a sentence.
 */
export function requireOneOwner(
  planned: PlannedObjects,
  kind: 'account' | 'tag' | 'domain',
  { id, plan, what }: { readonly id: string; readonly plan: object | null; readonly what: string },
  diagnostics: Diagnostics,
): void {
  if (planned.hasOneOwner(kind, id, plan !== null)) return
  diagnostics.error(
    `${what} is in the state twice`,
    `Another resource of this configuration manages ${kind} ${id} too, so destroying either one deletes it for both. ` +
      'Remove one of them from the state with `terraform state rm`, or with a `removed` block with `destroy = false`, and from the configuration.',
  )
}
