import { type Diagnostics, isKnown, type Unknown } from '@dmarc-as-code/terraform-plugin'
import { sameAddress } from '../../hosting/address.ts'

interface Protected {
  readonly address: string
  readonly parked: boolean
  readonly deletion_protection: boolean | null
}

/** Title and detail of the refusal to delete a protected domain; undefined where it is not protected. */
export const protection = ({ address, deletion_protection }: Protected): [title: string, detail: string] | undefined =>
  deletion_protection ? isProtected(address) : undefined

/** Title and detail of the refusal to delete the domain with this address. */
export function isProtected(address: string): [title: string, detail: string] {
  return [
    `Domain ${address} is protected from deletion`,
    '`deletion_protection` is true in the state. Set it to false and apply; then delete or replace the domain. ' +
      'If its block is gone, restore it first. To keep the domain and only stop managing it, use a `removed` block with `destroy = false`.',
  ]
}

/** Refuses the plan of a deletion, or of a change that makes another domain. */
export function refuseDeletion(
  state: Protected,
  plan: { readonly address: string | Unknown; readonly parked: boolean | Unknown } | null,
  diagnostics: Diagnostics,
): void {
  const refusal = protection(state)
  if (!refusal) return
  if (plan === null) {
    diagnostics.error(...refusal)
    return
  }
  const changed = (['address', 'parked'] as const).find((name) =>
    name === 'address'
      ? !sameAddress(state.address, plan.address)
      : !isKnown(plan.parked) || plan.parked !== state.parked,
  )
  if (changed) diagnostics.error(...refusal, [changed])
}
