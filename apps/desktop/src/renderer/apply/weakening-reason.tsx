import { t } from '../../shared/messages/messages.ts'
import { Choices } from '../parts/fields.tsx'
import { ReasonField } from '../parts/reason-field.tsx'

/** Asks why the protection may become weaker. A common reason is chosen, any other is typed; it is kept in Activity. */
export function WeakeningReason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const common = [
    t('Tracking down mail that is wrongly rejected'),
    t('Moving to another sending service'),
    t('The domain is about to be given up'),
  ]
  return (
    <section className="card form" aria-label={t('Why the protection may become weaker')}>
      <Choices
        label={t('Why may the protection become weaker?')}
        value={common.includes(value) ? value : ''}
        options={common.map((reason) => ({ value: reason, label: reason }))}
        onChange={onChange}
      />
      <ReasonField
        label={t('Reason')}
        value={value}
        onChange={onChange}
        help={t('Kept in Activity, so that others know why.')}
      />
    </section>
  )
}
