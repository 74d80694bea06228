import type { DmarcTags } from '../dmarc/tags.ts'
import { type Finding, finding } from '../finding.ts'
import { toAsciiHost } from '../names/domain-name.ts'
import { RecordError } from '../record-error.ts'
import { parseReportUri } from '../uri/report-uri.ts'

export interface DefaultDmarcInput {
  /** Where aggregate reports go, as URIs. */
  readonly rua?: readonly string[]
  /** Where failure reports go, as URIs. */
  readonly ruf?: readonly string[]
  /** The domain sends no mail. Default false. */
  readonly parked?: boolean
}

/**
 * The record to begin with: p=none for a domain that sends, so that nothing changes but the reports; reject at every
 * level for a parked one. `fo=1` where failure reports are wanted, since the default asks only for mail that fails twice.
 */
export function defaultDmarc({ rua = [], ruf = [], parked = false }: DefaultDmarcInput): DmarcTags {
  return {
    v: 'DMARC1',
    ...(parked ? ({ p: 'reject', sp: 'reject', np: 'reject' } as const) : ({ p: 'none' } as const)),
    ...(ruf.length > 0 ? { fo: '1' } : {}),
    ...(rua.length > 0 ? { rua } : {}),
    ...(ruf.length > 0 ? { ruf } : {}),
  }
}

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
  const encoded = local.replace(/[^A-Za-z0-9\-._~$&'*+=]/g, (character) => {
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
