import { type Finding, finding, notText } from '../finding.ts'
import { toAsciiHost } from '../names/domain-name.ts'
import { RecordError } from '../record-error.ts'
import { encodeLocalPart, isLocalPart } from './mailbox.ts'
import { parseReportUri } from './report-uri.ts'

/**
 * The mailto: URI of an e-mail address, ready for `rua` or `ruf`: the local part percent-encoded where a list needs it,
 * an international host as A-labels. Throws RecordError for what is no address, and for one that already has `mailto:`.
 */
export function mailtoUri(email: string): string {
  if (typeof email !== 'string') throw new RecordError('Not an e-mail address.', [notText(email, 'one e-mail address')])
  const at = email.lastIndexOf('@')
  const local = email.slice(0, Math.max(at, 0))
  const host = toAsciiHost(email.slice(at + 1))
  // Quoted and international local parts are refused: few reporters can send to them.
  const isPlain = /^[^",;\u0080-\uffff]+$/.test(local) && isLocalPart(local)
  if (!isPlain || !host?.includes('.')) throw new RecordError('Not an e-mail address.', [notAnAddress(email)])
  const parsed = parseReportUri(`mailto:${encodeLocalPart(local)}@${host}`)
  if (!parsed.ok) throw new RecordError('Not an e-mail address.', [parsed.finding])
  return parsed.value.uri
}

function notAnAddress(email: string): Finding {
  const next = /^mailto:/i.test(email)
    ? 'Leave out mailto: it is added for you.'
    : 'Write one address, such as dmarc@example.com.'
  const parts = { wrong: 'Reports cannot be mailed to this', found: email, expected: 'one e-mail address', next }
  return finding('report-address', { start: 0, end: email.length }, parts)
}

/** The URI of a report address that is written as an e-mail address or as a URI. Throws RecordError. */
export function reportUriOf(address: string): string {
  if (typeof address !== 'string' || !/^[a-z][a-z0-9+.-]*:/i.test(address)) return mailtoUri(address)
  const parsed = parseReportUri(address)
  if (!parsed.ok) throw new RecordError('Not a report address.', [parsed.finding])
  return parsed.value.uri
}

/** The shortest text that `reportUriOf` turns into this URI: the e-mail address of a plain `mailto:`, else the URI itself. */
export function reportAddressOf(uri: string): string {
  const address = uri.replace(/^mailto:/, '')
  try {
    return reportUriOf(address) === uri ? address : uri
  } catch {
    return uri
  }
}
