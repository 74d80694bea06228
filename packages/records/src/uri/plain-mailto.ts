import { longestName } from '../names/labels.ts'
import { plainHostPattern } from '../names/plain-host.ts'

/** Letters, digits and what people use in mailboxes, at a plain host. */
const plain = new RegExp(`^mailto:[A-Za-z0-9._+-]+@${plainHostPattern}$`)

/** Whether a text is a report address in its canonical form that needs no closer look (`parseReportUri`); false says nothing. */
export function isPlainMailto(text: string): boolean {
  return text.length <= longestName && plain.test(text)
}
