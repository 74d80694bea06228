import { t } from '../../shared/messages/messages.ts'
import type { DmarcPolicy } from '../../shared/model.ts'

/** The policy that receivers apply now. Neutral, amber and green, and always the word. */
export function PolicyChip({ policy }: { policy: DmarcPolicy | undefined }) {
  return policy ? (
    <span className={`policy policy-${policy}`}>{policy}</span>
  ) : (
    <span className="policy">
      <span aria-hidden="true">-</span>
      <span className="hidden">{t('policy not known')}</span>
    </span>
  )
}
