import type { Finding } from '@dmarc-as-code/records'
import { t, translateIfKnown } from '../../shared/messages/messages.ts'
import { Message } from './message.tsx'

/** Findings about a record: errors block publishing, warnings do not. */
export function Findings({ errors, warnings }: { errors: readonly Finding[]; warnings: readonly Finding[] }) {
  if (errors.length + warnings.length === 0) return null
  return (
    <ul className="findings" aria-live="polite">
      {errors.map((finding) => (
        <li key={`${finding.code} ${finding.start}`} className="finding error">
          <strong>{t('Error')}</strong> <Message text={translateIfKnown(finding.message)} />
        </li>
      ))}
      {warnings.map((finding) => (
        <li key={`${finding.code} ${finding.start}`} className="finding warning">
          <strong>{t('Warning')}</strong> <Message text={translateIfKnown(finding.message)} />
        </li>
      ))}
    </ul>
  )
}
