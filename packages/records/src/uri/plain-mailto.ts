import { longestLabel, longestName } from '../names/labels.ts'
import { plainHostPattern, shortHostPattern } from '../names/plain-host.ts'

const mailbox = '[A-Za-z0-9_+-]+(?:\\.[A-Za-z0-9_+-]+)*'

/** Letters, digits and what people use in mailboxes, at a plain host. */
const plain = new RegExp(`^mailto:(?=[^@]{1,64}@)${mailbox}@${plainHostPattern}$`)
const short = new RegExp(`^mailto:${mailbox}@${shortHostPattern}$`)

/** Whether a text is a report address in its canonical form that needs no closer look (`parseReportUri`); false says nothing. */
export function isPlainMailto(text: string): boolean {
  if (text.length <= longestLabel) return short.test(text)
  return text.length <= longestName && plain.test(text)
}
