import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { type FindingCode, parseDomainName } from '@dmarc-as-code/records'
import { canonicalName, nameProblem } from '../wire/names.ts'
import { UsageError } from './io.ts'

/** A domain as people write it on the command line, as A-labels. `what` names the argument in messages, which never quote it. */
export function parseDomain(text: string, what: string): string {
  const parsed = parseDomainName(text)
  if (parsed.ok) return parsed.ascii
  throw new UsageError(`${what} is not a domain name; expected ${domainForms[parsed.finding.code] ?? domainForm}.`)
}

const domainForm = 'a name such as example.com: letters, digits, hyphens and dots, without "https://", "@" or "*"'

/** What to give instead, by what is wrong. The findings' own messages quote the text, which may be a secret. */
const domainForms: { readonly [code in FindingCode]?: string } = {
  'domain-address': 'a name such as example.com, not an IP address',
  'domain-single-label': 'at least two labels, such as example.com',
  'domain-long': 'at most 253 characters',
  'domain-label-long': 'at most 63 characters in each label',
  'domain-idn': 'a valid international name (UTS 46)',
}

/**
 * The name or the target of a record, lower-case A-labels without the final dot; undefined for what is neither: addresses,
 * URLs, mail addresses, quoted text, lists, wildcards, single labels.
 */
export function parseRecordName(text: string): string | undefined {
  const ascii = /[^\x20-\x7e]/.test(text) ? domainToASCII(text) : text
  const name = canonicalName(ascii)
  if (name === '' || !name.includes('.') || /[^a-z0-9_.-]/.test(name)) return undefined
  return isIP(name) !== 0 || nameProblem(name) !== undefined ? undefined : name
}

/** What `parseRecordName` takes, for messages. */
export const recordNameForm =
  'a full DNS name such as _dmarc.example.com: letters, digits, "-", "_" and dots, without quotes, "*" or "https://"'
