import { enforces } from '../rules/enforces.ts'
import { keepDeleted } from '../store/deleted-domains.ts'
import { type DomainView, deleteDomain } from '../store/domains.ts'
import { findHosting, hostingOf, removeUnused, retireHosting } from '../store/hostings.ts'
import type { Db } from '../store/open-store.ts'
import { schedule, unschedule } from '../store/work.ts'

/**
 * Deletes a domain. Its hosted records go at once, except those that enforce a policy: they stay for `grace` milliseconds, in
 * which the domain can be restored. Answers until when.
 */
export async function removeDomain(
  tx: Db,
  domain: DomainView,
  { grace, now }: { grace: number; now: number },
): Promise<number | undefined> {
  const read = await hostingOf(tx, domain.id)
  const keptUntil = grace > 0 && enforces(read) ? now + grace : undefined
  if (keptUntil !== undefined) await keepDeleted(tx, domain, { now, keptUntil })
  const unused = await removeUnused(tx, read)
  await deleteDomain(tx, domain)
  await unschedule(tx, 'verify', String(domain.id))
  if (unused) return undefined
  // Deleting the domain detaches its hosting, which is a new version of it.
  const hosting = await findHosting(tx, domain.key)
  if (hosting && keptUntil === undefined) await retireHosting(tx, hosting, now)
  await schedule(tx, 'publish', domain.key, now)
  return keptUntil
}
