import { type ReasonContext, type ReasonText, reasonText, statusText } from '@dmarc-as-code/records/reasons'

type Part = 'cname' | 'txt' | 'policy_file'

/** What is shown for a record: why it is in its state, and what to do. */
export interface RecordText {
  readonly why: string
  /** The same in a few words. */
  readonly short?: string
  readonly advice?: string
}

/** By reason, otherwise by status. Both are open lists; codes that the catalogue does not know are shown as they are. */
export function recordText(
  part: Part,
  status: string | undefined,
  reason: string | null | undefined,
  context: ReasonContext,
): RecordText {
  const known =
    (reason ? reasonText(part, reason, context) : undefined) ??
    (status && !reason ? statusText(part, status, context) : undefined)
  if (known) return shown(known)
  if (reason) return { why: `The service reports the reason "${reason}".` }
  return { why: status ? `The service reports the status "${status}".` : 'The service has not reported a status yet.' }
}

/** The text of a verified CNAME whose TXT record or policy file is not served yet; undefined when both are. */
export function contentText(txt: string | undefined, policyFile: string | undefined): RecordText | undefined {
  const known =
    (txt === 'queued' ? statusText('txt', txt) : undefined) ??
    (policyFile !== undefined && policyFile !== 'active' ? statusText('policy_file', policyFile) : undefined)
  return known && { ...shown(known), why: `The CNAME is verified. ${known.explanation}` }
}

function shown({ title, explanation, fix }: ReasonText): RecordText {
  return { why: explanation, short: title, ...(fix ? { advice: fix } : {}) }
}
