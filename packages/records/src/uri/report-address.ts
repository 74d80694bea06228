import { type Finding, finding } from '../finding.ts'
import { toAsciiHost } from '../names/domain-name.ts'
import { RecordError } from '../record-error.ts'
import { parseReportUri } from './report-uri.ts'

/**
 * The mailto: URI of an e-mail address, ready for `rua` or `ruf`: the local part percent-encoded where a list needs it,
 * an international host as A-labels. Throws RecordError for what is no address, and for one that already has `mailto:`.
 */
export function mailtoUri(email: string): string {
  const at = email.lastIndexOf('@')
  const local = email.slice(0, Math.max(at, 0))
  const host = toAsciiHost(email.slice(at + 1))
  // RFC 5321 4.1.2 dot-string, which is what report addresses are in practice; quoted local parts are refused.
  const isLocal = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.]{1,64}$/.test(local) && !/^\.|\.\.|\.$/.test(local)
  if (at < 1 || !isLocal || !host?.includes('.')) throw new RecordError('Not an e-mail address.', [notAnAddress(email)])
  const encoded = local.replace(/[^A-Za-z0-9\-._~$'*+]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  })
  const parsed = parseReportUri(`mailto:${encoded}@${host}`)
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
  if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) return mailtoUri(address)
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
