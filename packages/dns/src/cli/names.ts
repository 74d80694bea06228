import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { parseDomainName } from '@dmarc-as-code/records'
import { canonicalName, nameProblem } from '../wire/names.ts'
import { UsageError } from './io.ts'

/** A domain as people write it on the command line, as A-labels. */
export function parseDomain(text: string): string {
  const parsed = parseDomainName(text)
  if (parsed.ok) return parsed.ascii
  throw new UsageError(`"${text}" is not a domain name: ${parsed.finding.message}`)
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
