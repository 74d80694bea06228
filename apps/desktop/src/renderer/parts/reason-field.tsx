import { parseConsent } from '@dmarc-as-code/records'
import { findingText } from '../../shared/messages/finding-text.ts'
import { TextField } from './fields.tsx'

/** Whether a text can stand for a consent, or for an accepted risk. */
export const isReason = (text: string) => parseConsent(text).ok

interface ReasonFieldProps {
  readonly label: string
  readonly help: string
  readonly value: string
  readonly onChange: (reason: string) => void
}

/** A reason in words; what is wrong with it is said once something is typed. */
export function ReasonField({ value, ...props }: ReasonFieldProps) {
  const parsed = parseConsent(value)
  return (
    <TextField
      {...props}
      value={value}
      required
      error={value !== '' && !parsed.ok ? findingText(parsed.finding) : undefined}
    />
  )
}
