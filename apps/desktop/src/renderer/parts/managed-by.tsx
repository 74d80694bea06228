import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'

/** Where a domain is kept in code, so that nobody changes here what the next apply changes back. */
export function ManagedBy({ domain: { managedBy } }: { domain: DomainSummary }) {
  return managedBy ? <p className="muted managed-by">{t('Kept in code: {place}', { place: managedBy })}</p> : null
}
