import type { FindingCode } from '../catalogue.ts'
import { type Finding, type FindingParts, finding, notText, type Place } from '../finding.ts'
import { isHostName } from '../names/labels.ts'
import { isPlainHost } from '../names/plain-host.ts'
import { isLocalPart, percentDecoded, percentEncoded } from './mailbox.ts'
import { isPlainMailto } from './plain-mailto.ts'

/** An address reports go to, from `rua` or `ruf`. */
export interface ReportUri {
  /** Canonical text: scheme and host in lower case, percent-escapes in upper case, no size. */
  readonly uri: string
  /** In lower case, without the colon. */
  readonly scheme: string
  /** In lower case, A-labels; undefined for schemes whose host this package does not know how to find. */
  readonly host?: string
  /** The obsolete size limit after `!`, as written: `10m`. Readers ignore it (RFC 9989 4.8). */
  readonly size?: string
}

/** A report URI that was accepted, or why it was not. */
export type ParsedReportUri =
  | { readonly ok: true; readonly value: ReportUri }
  | { readonly ok: false; readonly finding: Finding }

/**
 * Reads one URI of a `rua` or `ruf` list by RFC 3986, `mailto:` by RFC 6068 as well: one mailbox, and header fields that add no
 * recipient. `place` is where it stands in a larger text. Never throws.
 */
export function parseReportUri(text: string, place?: Place): ParsedReportUri {
  if (typeof text !== 'string') return { ok: false, finding: notText(text, 'a URI such as mailto:reports@example.com') }
  const value = readReportUri(text)
  if (value.wrong === undefined) return { ok: true, value }
  const { code, next, ...parts } = value
  const { start, end } = place ?? { start: 0, end: text.length }
  return {
    ok: false,
    finding: finding(code, { start, end }, { ...parts, next: typeof next === 'string' ? next : next() }),
  }
}

/** Why a text is no report URI. */
export interface ReportUriFault extends Omit<FindingParts, 'next'> {
  readonly code: FindingCode
  readonly next: string | (() => string)
}

/** A report URI, or why it is none. */
export type ReadReportUri = (ReportUri & { readonly wrong?: never }) | ReportUriFault

/** The same without places and messages, which cost more than the reading. */
export function readReportUri(text: string): ReadReportUri {
  return isPlainMailto(text) ? plainMailto(text) : readOtherUri(text)
}

/** Reads what is no plain mail address. */
export function readOtherUri(text: string): ReadReportUri {
  if (text === '') {
    const expected = 'a URI such as mailto:reports@example.com'
    return {
      code: 'uri-missing',
      wrong: 'An address is missing',
      expected,
      next: 'Write one, or remove the extra comma.',
    }
  }
  const size = text.includes('!') ? /!(\d+[kmgt]?)$/i.exec(text) : null
  const uri = size ? text.slice(0, size.index) : text
  const folded = /[A-Z]/.test(uri) ? foldedMailto(uri) : uri
  if (isPlainMailto(folded)) return plainMailto(folded, size?.[1])
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(uri)?.[0].toLowerCase()
  if (scheme === undefined) {
    const withScheme = () => uri.includes('@') && readReportUri(`mailto:${uri}`).wrong === undefined
    return {
      code: 'uri-scheme-missing',
      wrong: 'The address has no scheme',
      found: text,
      expected: 'a URI such as mailto:reports@example.com',
      next: () => (withScheme() ? `Write mailto:${uri}.` : 'Put the scheme in front.'),
    }
  }
  const rest = uri.slice(scheme.length + 1)
  const fault = characterFault(uri) ?? (scheme === 'mailto' ? mailtoFault(rest) : undefined)
  if (fault) {
    const expected = scheme === 'mailto' ? 'a URI of RFC 6068' : 'a URI of RFC 3986'
    return { code: 'uri-invalid' as const, found: text, expected, ...fault }
  }
  const split = scheme === 'mailto' ? splitMailto(rest) : splitAuthority(rest, scheme)
  if (split === undefined || (split.host !== undefined && !isPlainHost(split.host) && !isHostName(split.host))) {
    const expected = scheme === 'mailto' ? 'mailto:, one address and a host name' : `${scheme}:// and a host name`
    const next = scheme === 'mailto' ? mailtoHint(rest) : authorityHint(rest, scheme)
    return { code: 'uri-invalid', wrong: 'The address cannot be reached', found: text, expected, next }
  }
  return {
    uri: `${scheme}:${canonicalEscapes(split.canonical)}`,
    scheme,
    ...(split.host === undefined ? {} : { host: split.host }),
    ...(size?.[1] === undefined ? {} : { size: size[1] }),
  }
}

/** True when two texts name the same destination: scheme and host without case, sizes dropped. False when either is no URI. */
export function sameReportUri(a: string, b: string): boolean {
  const left = parseReportUri(a)
  const right = parseReportUri(b)
  return left.ok && right.ok && left.value.uri === right.value.uri
}

/**
 * Encodes what a `rua` list cannot hold inside a URI: `,` `!` `;` (RFC 9989 4.8), and in the mailbox of a `mailto:` also `&` and
 * `=` (RFC 6068 2).
 */
export function encodeListCharacters(uri: string): string {
  return uri
    .replace(/[,!;]/g, percentEncoded)
    .replace(/^mailto:[^?@]*@/i, (mailbox) => mailbox.replace(/[&=]/g, percentEncoded))
}

function plainMailto(uri: string, size?: string): ReportUri {
  const host = uri.slice(uri.indexOf('@') + 1)
  return size === undefined ? { uri, scheme: 'mailto', host } : { uri, scheme: 'mailto', host, size }
}

const oneEach = 'Write one mailto: for each address, with commas between them.'

/** What to do about a `mailto:` that leads to no mailbox of a host. */
function mailtoHint(rest: string): string {
  const address = rest.split('?', 1)[0] ?? ''
  const parts = address.split('@')
  if (parts.length === 1) return 'Write a mailbox, @ and the host.'
  if (parts.length > 2) return oneEach
  return parts[0] === '' ? 'Write the mailbox in front of the @.' : hostHint(parts[1] ?? '')
}

/** The same for another URI. */
function authorityHint(rest: string, scheme: string): string {
  const [, host = '', port] = /^\/\/(?:[^/?#@]*@)?(\[[^\]]*\]?|[^/?#:]*)(?::(\d+))?/.exec(rest) ?? []
  if (host === '') return `Write ${scheme}:// and the host.`
  return port !== undefined && Number(port) > 65_535 ? 'Write a port of at most 65535.' : hostHint(host)
}

function hostHint(host: string): string {
  if (host === '') return 'Write the host behind the @.'
  if (host.endsWith('.')) return 'Remove the final dot.'
  if (host.includes('%')) return 'Write the host as A-labels (xn--...).'
  if (/^[[\d.:\]]+$|^\[/.test(host)) return 'Name the host by its A-label name, not by an IP address.'
  return 'Write a host name: labels of letters, digits and hyphens, with single dots between them.'
}

/** A `mailto:` with its scheme and host in lower case. */
function foldedMailto(uri: string): string {
  const at = uri.indexOf('@')
  if (at === -1 || !/^mailto:/i.test(uri)) return uri
  return `mailto:${uri.slice('mailto:'.length, at)}${uri.slice(at).toLowerCase()}`
}

type Fault = Pick<ReportUriFault, 'wrong'> & { readonly next: string; readonly expected?: string }

function characterFault(uri: string): Fault | undefined {
  const inHost = (at: number) =>
    /^mailto:/i.test(uri) && uri.lastIndexOf('@', at) >= 0 && !uri.slice(0, at).includes('?')
  const outside = uri.search(/[^\u0020-\u007e]/)
  if (outside >= 0) {
    const invisible = /^[\p{C}\p{Z}]/u.test(uri.slice(outside))
    const encode = uri.includes('@', outside) ? 'Percent-encode it as UTF-8.' : 'Write the host as A-labels (xn--...).'
    return { wrong: 'The address has characters outside ASCII', next: invisible ? 'Remove what is invisible.' : encode }
  }
  const at = uri.search(/[^A-Za-z0-9\-._~:/?#[\]@$&'()*+=%]/)
  const bad = uri[at]
  if (bad !== undefined) {
    const wrong = `The address has the character ${JSON.stringify(bad)}`
    if (bad === ' ' && !/^mailto:%22/i.test(uri)) return { wrong, next: 'Remove the space.' }
    if (!inHost(at)) return { wrong, next: `Write it as ${percentEncoded(bad)}.` }
    return { wrong, next: uri.includes('@', at) ? oneEach : 'Remove it: no host has it.' }
  }
  if (/%(?![0-9A-Fa-f]{2})/.test(uri)) {
    return { wrong: 'The address has a % without two hexadecimal digits', next: 'Write a plain percent sign as %25.' }
  }
  return undefined
}

/**
 * What a mailbox, or the header fields behind it, cannot hold as they are (RFC 6068 2): what separates the parts of a URI,
 * what makes no mail address, and what would send the report to somebody else.
 */
function mailtoFault(rest: string): Fault | undefined {
  // A question mark before the address belongs to the mailbox; behind it, the header fields begin.
  const query = rest.indexOf('?', rest.indexOf('@'))
  const address = query === -1 ? rest : rest.slice(0, query)
  const mailbox = address.slice(0, Math.max(address.lastIndexOf('@'), 0))
  const bad = /[:/?#[\]()&=;]/.exec(mailbox)?.[0]
  if (bad !== undefined) {
    const next = mailbox.startsWith('//') ? 'Remove the slashes behind mailto:.' : `Write it as ${percentEncoded(bad)}.`
    return { wrong: `The mailbox has the character ${JSON.stringify(bad)}`, next }
  }
  if (mailbox !== '' && !mailbox.includes('@') && !isLocalPart(percentDecoded(mailbox) ?? '')) {
    return {
      wrong: 'The part before the @ is no mailbox',
      expected: 'words of at most 64 characters in all, with single dots between them',
      next: 'Write an address that receives mail.',
    }
  }
  return query === -1 ? undefined : headerFault(rest.slice(query + 1))
}

/** Header fields that name further recipients; reports go to the one address. */
const recipientFields = /^(?:resent-)?(?:to|cc|bcc)$|^apparently-to$/i

const headerWrong = 'A header field behind the address is not of the form name=value'
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u001f\u007f]/

function headerFault(query: string): Fault | undefined {
  const next = 'Remove the question mark and what follows it.'
  for (const field of query.split('&')) {
    const [name, value] = field.split('=', 2).map(percentDecoded)
    const isField = /^[^=]+=[^=]*$/.test(field) && !/[/?#[\]]/.test(field)
    if (!isField || name === undefined || value === undefined) return { wrong: headerWrong, next }
    if (recipientFields.test(name.trim())) return { wrong: `The header field ${name.trim()} adds a recipient`, next }
    if (control.test(name) || (control.test(value) && name.toLowerCase() !== 'body')) {
      return { wrong: 'A header field behind the address has control characters', next }
    }
  }
  return undefined
}

interface SplitUri {
  readonly canonical: string
  readonly host?: string
}

/** RFC 6068 2: local part, `@`, host, optional header fields. Several recipients in one mailto are not for reports. */
function splitMailto(rest: string): SplitUri | undefined {
  const query = rest.indexOf('?')
  const address = query === -1 ? rest : rest.slice(0, query)
  const at = address.lastIndexOf('@')
  if (at < 1) return undefined
  const local = address.slice(0, at)
  if (local.includes('@')) return undefined
  const host = address.slice(at + 1).toLowerCase()
  const mailbox = canonicalEscapes(local, looseInMailbox)
  return { canonical: `${mailbox}@${host}${query === -1 ? '' : rest.slice(query)}`, host }
}

/** RFC 3986 3.2. Schemes without an authority (`urn:`...) are URIs too: their host stays unknown. */
function splitAuthority(rest: string, scheme: string): SplitUri | undefined {
  if (!rest.startsWith('//')) return rest === '' || /^https?$/.test(scheme) ? undefined : { canonical: rest }
  const [, user = '', host = '', port = '', tail = ''] = /^\/\/([^/?#@]*@)?([^/?#:]*)(:\d*)?(.*)$/.exec(rest) ?? []
  if (tail !== '' && !/^[/?#]/.test(tail)) return undefined
  if (Number(port.slice(1)) > 65_535) return undefined
  const lower = host.toLowerCase()
  return { canonical: `//${user}${lower}${port}${tail}`, host: lower }
}

/** Escapes that are not canonical: in lower case, or of what needs none (RFC 3986 6.2.2). */
const loose = /%(?:[0-9A-Fa-f]?[a-f]|2[DE]|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])/
/** See `encodeLocalPart`: `$`, `'`, `*` and `+` need none either. */
const looseInMailbox = new RegExp(`${loose.source}|%2[47AB]`)

function canonicalEscapes(text: string, isLoose = loose): string {
  if (!isLoose.test(text)) return text
  return text.replace(/%[0-9a-f]{2}/gi, (code) => {
    const upper = code.toUpperCase()
    return isLoose.test(upper) ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : upper
  })
}
