import type { FindingCode } from '../catalogue.ts'
import { type Finding, finding, notText } from '../finding.ts'
import { isHostName, type LabelFault, labelFault, longestLabel, longestName, looksLikeAddress } from './labels.ts'
import { decodePunycode } from './punycode.ts'

/** A domain name that was accepted, or why it was not. */
export type ParsedDomainName =
  /** `ascii` is lower case, A-labels, no final dot: what is queried and stored. `unicode` is for people's eyes. */
  | { readonly ok: true; readonly ascii: string; readonly unicode: string }
  | { readonly ok: false; readonly finding: Finding }

/** ASCII that is no letter, digit, hyphen or dot. What lies beyond ASCII is for UTS 46 to judge. */
const notInDomain = /[^A-Za-z0-9.\-\u0080-\uffff]/

const next = 'Write the domain of the mail addresses, such as example.com.'

/**
 * Reads a mail domain as people write it: any case, with or without the final dot, with international letters or
 * A-labels (UTS 46 non-transitional, as the web does it). Refuses addresses, URLs, e-mail addresses, single labels and
 * what the DNS cannot hold. Never throws.
 */
export function parseDomainName(input: string): ParsedDomainName {
  if (typeof input !== 'string') return { ok: false, finding: notText(input, 'a name such as example.com') }
  const typed = input.trim()
  const refuse = (code: FindingCode, wrong: string, expected: string, what = next, found = typed): ParsedDomainName => {
    const place = { start: 0, end: input.length }
    return { ok: false, finding: finding(code, place, { wrong, ...(found ? { found } : {}), expected, next: what }) }
  }
  if (typed === '' || typed === '.') return refuse('domain-empty', 'The domain is empty', 'a name such as example.com')
  // Nothing of this length can become a DNS name; stopping here keeps the work bounded.
  if (typed.length > 4 * longestName) return tooLong(refuse, typed)
  if (looksLikeAddress(typed)) return isAddress(refuse)
  const intruder = notInDomain.exec(typed)?.[0]
  if (intruder !== undefined) return hasIntruder(refuse, typed, intruder)

  // The final dot goes last: UTS 46 makes one of the ideographic full stop.
  const ascii = toAscii(typed)?.replace(/\.$/, '')
  if (ascii === undefined) {
    return refuse('domain-idn', 'The domain has letters no domain name may hold', 'a valid international name', next)
  }
  if (looksLikeAddress(ascii)) return isAddress(refuse)
  const labels = ascii.split('.')
  for (const label of labels) {
    const fault = labelFault(label)
    if (fault) return badLabel(refuse, fault, label)
  }
  if (ascii.length > longestName) return tooLong(refuse, ascii)
  if (labels.length < 2) {
    return refuse('domain-single-label', 'The domain is a single label', 'at least two labels', next)
  }
  const unicode = toUnicode(labels)
  if (unicode === undefined) {
    return refuse(
      'domain-idn',
      'An xn-- label of the domain is not a valid international label',
      'a valid A-label',
      next,
    )
  }
  return { ok: true, ascii, unicode }
}

type Refuse = (code: FindingCode, wrong: string, expected: string, next?: string, found?: string) => ParsedDomainName

function isAddress(refuse: Refuse): ParsedDomainName {
  return refuse('domain-address', 'This is an IP address', 'a domain name; mail records cannot belong to an address')
}

function tooLong(refuse: Refuse, name: string): ParsedDomainName {
  const expected = `at most ${longestName} characters (RFC 1035 2.3.4)`
  return refuse('domain-long', `The domain has ${name.length} characters`, expected, 'Shorten the name.')
}

function hasIntruder(refuse: Refuse, typed: string, intruder: string): ParsedDomainName {
  const expected = 'only letters, digits, hyphens and dots'
  if (typed.includes('://')) {
    return refuse('domain-characters', 'This is a URL', expected, 'Keep only the host name of the URL.')
  }
  if (typed.includes('@')) {
    return refuse('domain-characters', 'This is an e-mail address', expected, 'Keep only what follows the @.')
  }
  if (intruder === '_') {
    const what = 'Leave out names such as _dmarc: they are added for you.'
    return refuse('domain-characters', 'An underscore cannot be in a mail domain', expected, what)
  }
  if (intruder === '*') {
    return refuse('domain-characters', 'A wildcard is not a domain', expected, 'Name each domain by itself.')
  }
  return refuse('domain-characters', `The character ${JSON.stringify(intruder)} cannot be in a domain`, expected)
}

function badLabel(refuse: Refuse, fault: LabelFault, label: string): ParsedDomainName {
  switch (fault) {
    case 'empty':
      return refuse(
        'domain-empty-label',
        'A label of the domain is empty',
        'one dot between labels, none before',
        'Remove the extra dot.',
      )
    case 'long':
      return refuse(
        'domain-label-long',
        `A label has ${label.length} characters`,
        `at most ${longestLabel} in each label`,
        'Shorten the label.',
        label,
      )
    case 'hyphen':
      return refuse(
        'domain-hyphen',
        'A label begins or ends with a hyphen',
        'hyphens only inside a label',
        'Remove the hyphen.',
        label,
      )
    case 'characters':
      return refuse(
        'domain-characters',
        'A label has characters no host name may hold',
        'letters, digits and hyphens',
        next,
        label,
      )
  }
}

/** A host as A-labels in lower case, or undefined when it is no host name. One label is enough. */
export function toAsciiHost(host: string): string | undefined {
  if (typeof host !== 'string' || host.length > 4 * longestName || notInDomain.test(host)) return undefined
  const ascii = toAscii(host)
  return ascii !== undefined && isHostName(ascii) ? ascii : undefined
}

/** Lower case and A-labels, or undefined where UTS 46 refuses. The URL parser is the one UTS 46 that browsers and Node share. */
function toAscii(name: string): string | undefined {
  if (!/[\u0080-\uffff]/.test(name)) return name.toLowerCase()
  return hostOfUrl(name)
}

function hostOfUrl(name: string): string | undefined {
  const url = URL.canParse(`https://${name}/`) ? new URL(`https://${name}/`) : undefined
  return url?.hostname
}

/** Each A-label must decode, and encode back to itself: otherwise it is a look-alike no registry could have issued. */
function toUnicode(labels: readonly string[]): string | undefined {
  const shown: string[] = []
  for (const label of labels) {
    if (!label.startsWith('xn--')) {
      shown.push(label)
      continue
    }
    const decoded = decodePunycode(label.slice('xn--'.length))
    // The second label keeps the URL parser from taking a label that maps to digits for an address.
    if (decoded === undefined || hostOfUrl(`${decoded}.example`) !== `${label}.example`) return undefined
    shown.push(decoded)
  }
  return shown.join('.')
}
