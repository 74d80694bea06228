import type { Finding } from '@dmarc-as-code/records'
import { findingText } from '../../shared/messages/finding-text.ts'
import { t } from '../../shared/messages/messages.ts'
import { Message } from './message.tsx'

/** Findings about a record: errors block publishing, warnings do not. */
export function Findings({ errors, warnings }: { errors: readonly Finding[]; warnings: readonly Finding[] }) {
  if (errors.length + warnings.length === 0) return null
  return (
    <ul className="findings" aria-live="polite">
      {errors.map((finding) => (
        <li key={`${finding.code} ${finding.start}`} className="finding error">
          <strong>{t('Error')}</strong> <Message text={findingText(finding)} />
        </li>
      ))}
      {warnings.map((finding) => (
        <li key={`${finding.code} ${finding.start}`} className="finding warning">
          <strong>{t('Warning')}</strong> <Message text={findingText(finding)} />
        </li>
      ))}
    </ul>
  )
}
