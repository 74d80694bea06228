import type { Finding } from '@dmarc-as-code/records'
import { Message } from './message.tsx'

/** Findings about a record: errors block publishing, warnings do not. */
export function Findings({ errors, warnings }: { errors: readonly Finding[]; warnings: readonly Finding[] }) {
  if (errors.length + warnings.length === 0) return null
  return (
    <ul className="findings" aria-live="polite">
      {errors.map((finding) => (
        <li key={`${finding.code} ${finding.start}`} className="finding error">
          <strong>Error</strong> <Message text={finding.message} />
        </li>
      ))}
      {warnings.map((finding) => (
        <li key={`${finding.code} ${finding.start}`} className="finding warning">
          <strong>Warning</strong> <Message text={finding.message} />
        </li>
      ))}
    </ul>
  )
}
