import { parseConsent, type Verdict } from '@dmarc-as-code/records'
import { DnsInputError } from '../errors.ts'
import { WeakeningError } from './errors.ts'

/**
 * The reason for which a change may weaken what is live; undefined where it weakens nothing. Fails with `WeakeningError`
 * where a reason is needed and none is given, and with `DnsInputError` for one that cannot be used.
 */
export function requireConsent(verdict: Verdict, reason: string | undefined, fix?: string): string | undefined {
  const given = reason === undefined ? undefined : parseConsent(reason)
  if (given?.ok === false)
    throw new DnsInputError(`The reason to allow a weaker policy cannot be used. ${given.finding.message}`)
  if (!verdict.needsConsent) return undefined
  if (given) return given.reason
  throw new WeakeningError(verdict, fix)
}
