import { isGood, type RecordCheck } from '@dmarc-as-code/client'
import { type ReasonContext, reasonText, statusText } from '@dmarc-as-code/records/reasons'

/** A part of a verification with what it means and what to do, in the words of the catalogue. */
export function explainCheck(check: RecordCheck): Record<string, unknown> {
  const { kind, part, status, name, expected, found, reason, checked_at } = check
  const context: ReasonContext = { name, target: part === 'cname' ? expected : undefined, found: found ?? undefined }
  const words = reason ? reasonText(part, reason, context) : statusText(part, status, context)
  // The server's own advice knows more than the general words.
  const advice = check.fix || words?.fix
  return {
    record: kind,
    part,
    ok: isGood(check),
    status,
    ...(name !== undefined && { name }),
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
    ...(reason && { reason }),
    ...(words && { title: words.title, explanation: words.explanation }),
    ...(advice && { what_to_do: advice }),
    ...(checked_at && { checked_at }),
  }
}
