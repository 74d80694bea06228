import { type Finding, finding, type Place } from '../finding.ts'
import { isHostName } from '../names/labels.ts'

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
 * Reads one URI of a `rua` or `ruf` list by RFC 3986, `mailto:` by RFC 6068 as well. `place` is where it stands in a larger
 * text. Never throws.
 */
export function parseReportUri(text: string, place: Place = { start: 0, end: text.length }): ParsedReportUri {
  if (text === '') {
    const wrong = 'An address is missing'
    return refuse('uri-missing', place, {
      wrong,
      expected: 'a URI such as mailto:reports@example.com',
      next: 'Remove the extra comma.',
    })
  }
  const size = /!(\d+[kmgt]?)$/i.exec(text)
  const uri = size ? text.slice(0, size.index) : text
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(uri)?.[0].toLowerCase()
  if (scheme === undefined) {
    const withScheme = uri.includes('@') && parseReportUri(`mailto:${uri}`).ok
    const next = withScheme ? `Write mailto:${uri}.` : 'Put the scheme in front.'
    return refuse('uri-scheme-missing', place, {
      wrong: 'The address has no scheme',
      found: text,
      expected: 'a URI such as mailto:reports@example.com',
      next,
    })
  }
  const fault = characterFault(uri) ?? (scheme === 'mailto' ? mailboxFault(uri.slice(scheme.length + 1)) : undefined)
  if (fault)
    return refuse('uri-invalid', place, {
      wrong: fault.wrong,
      found: text,
      expected: scheme === 'mailto' ? 'a URI of RFC 6068' : 'a URI of RFC 3986',
      next: fault.next,
    })
  const rest = uri.slice(scheme.length + 1)
  const split = scheme === 'mailto' ? splitMailto(rest) : splitAuthority(rest)
  if (split === undefined || (split.host !== undefined && !isHostName(split.host))) {
    const expected = scheme === 'mailto' ? 'mailto:, one address and a host name' : `${scheme}:// and a host name`
    const next = 'Name the host by its A-label name, not by an IP address.'
    return refuse('uri-invalid', place, { wrong: 'The address cannot be reached', found: text, expected, next })
  }
  return {
    ok: true,
    value: {
      uri: `${scheme}:${upperEscapes(split.canonical)}`,
      scheme,
      ...(split.host === undefined ? {} : { host: split.host }),
      ...(size?.[1] === undefined ? {} : { size: size[1] }),
    },
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

function refuse(code: Finding['code'], place: Place, parts: Parameters<typeof finding>[2]): ParsedReportUri {
  return { ok: false, finding: finding(code, place, parts) }
}

function characterFault(uri: string): { wrong: string; next: string } | undefined {
  if (/[^\u0020-\u007e]/.test(uri)) {
    return { wrong: 'The address has characters outside ASCII', next: 'Write the host as A-labels (xn--...).' }
  }
  const bad = /[^A-Za-z0-9\-._~:/?#[\]@$&'()*+=%]/.exec(uri)?.[0]
  if (bad !== undefined) {
    return {
      wrong: `The address has the character ${JSON.stringify(bad)}`,
      next: `Write it as ${percentEncoded(bad)}.`,
    }
  }
  if (/%(?![0-9A-Fa-f]{2})/.test(uri)) {
    return { wrong: 'The address has a % without two hexadecimal digits', next: 'Write a plain percent sign as %25.' }
  }
  return undefined
}

/** What the part before the last `@` cannot hold as it is (RFC 6068 2): what separates the parts of a URI, and what breaks readers. */
function mailboxFault(rest: string): { wrong: string; next: string } | undefined {
  // A question mark before the address belongs to the mailbox; behind it, the header fields begin.
  const query = rest.indexOf('?', rest.indexOf('@'))
  const address = query === -1 ? rest : rest.slice(0, query)
  const mailbox = address.slice(0, Math.max(address.lastIndexOf('@'), 0))
  const bad = /[:/?#[\]()&=;]/.exec(mailbox)?.[0]
  if (bad === undefined) return undefined
  return { wrong: `The mailbox has the character ${JSON.stringify(bad)}`, next: `Write it as ${percentEncoded(bad)}.` }
}

const percentEncoded = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

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
  return { canonical: `${local}@${host}${query === -1 ? '' : rest.slice(query)}`, host }
}

/** RFC 3986 3.2. Schemes without an authority (`urn:`...) are URIs too: their host stays unknown. */
function splitAuthority(rest: string): SplitUri | undefined {
  if (!rest.startsWith('//')) return rest === '' ? undefined : { canonical: rest }
  const [, user = '', host = '', port = '', tail = ''] = /^\/\/([^/?#@]*@)?([^/?#:]*)(:\d*)?(.*)$/.exec(rest) ?? []
  if (tail !== '' && !/^[/?#]/.test(tail)) return undefined
  const lower = host.toLowerCase()
  return { canonical: `//${user}${lower}${port}${tail}`, host: lower }
}

function upperEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
}
