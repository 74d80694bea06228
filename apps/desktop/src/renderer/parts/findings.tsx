import type { Finding } from '@dmarc-as-code/records'

/** What is to be said about a record: errors stop it, warnings do not. */
export function Findings({ errors, warnings }: { errors: readonly Finding[]; warnings: readonly Finding[] }) {
  if (errors.length + warnings.length === 0) return null
  return (
    <ul className="findings" aria-live="polite">
      {errors.map((finding) => (
        <li key={`${finding.code} ${finding.start}`} className="finding error">
          <strong>Error</strong> {finding.message}
        </li>
      ))}
      {warnings.map((finding) => (
        <li key={`${finding.code} ${finding.start}`} className="finding warning">
          <strong>Note</strong> {finding.message}
        </li>
      ))}
    </ul>
  )
}
