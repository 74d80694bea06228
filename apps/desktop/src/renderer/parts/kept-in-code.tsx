import { listOf } from '../../shared/messages/lists.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'

const named = 3

/** Before a change: which of these domains are kept in code, where the next apply changes it back. */
export function KeptInCode({ domains }: { domains: readonly DomainSummary[] }) {
  const kept = domains.filter(({ managedBy }) => managedBy !== undefined)
  const [only] = kept
  if (!only) return null
  if (domains.length === 1)
    return (
      <p>
        {t(
          'This domain is kept in code: {place}. The next apply there changes it back. Change it in the code instead; "Copy as code" shows how.',
          { place: only.managedBy ?? '' },
        )}
      </p>
    )
  return (
    <p>
      {plural(
        '{count} of them is kept in code: {domains}. The next apply there changes it back.|{count} of them are kept in code: {domains}. The next apply there changes them back.',
        kept.length,
        {
          domains: listOf(
            kept.map(({ title, managedBy = '' }) => `${title} (${managedBy})`),
            named,
          ),
        },
      )}
    </p>
  )
}
