import { ConflictError } from '@dmarc-as-code/client'
import type { Api } from '../../api/api.ts'

/** Moves a domain where its account has changed: added to the new one first, so that it is never in none. */
export async function moveToAccount(
  api: Api,
  id: string,
  from: string,
  to: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const [old, wanted] = [await api.accountId(from, { signal }), await api.accountId(to ?? from, { signal })]
  if (old === wanted) return wanted
  const { domainMemberships } = api.client
  try {
    await domainMemberships.add(wanted, [Number(id)], { signal }).catch((error) => {
      // Added by an earlier run that stopped here.
      if (!(error instanceof ConflictError && error.existingId === Number(id))) throw error
    })
    const { memberships } = await domainMemberships.list(old, { signal })
    const membership = memberships.find(({ domain_id }) => domain_id === Number(id))
    if (membership) await domainMemberships.remove(old, membership.id, { signal })
    api.gone(old, Number(id))
  } finally {
    api.stale()
  }
  return wanted
}
