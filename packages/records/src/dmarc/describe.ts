import { parseReportUri } from '../uri/report-uri.ts'
import { dmarcOutcome, effectiveDmarc } from './effective.ts'
import type { DmarcEffective, DmarcPolicy, DmarcTags } from './tags.ts'

/** A record in words for people. */
export interface DmarcDescription {
  /** One sentence: what happens to mail that fails. */
  readonly summary: string
  /** Further sentences, each about one thing that differs from the plainest record. */
  readonly details: readonly string[]
}

const fate: Readonly<Record<DmarcPolicy, string>> = {
  none: 'delivered as usual',
  quarantine: 'treated as suspicious',
  reject: 'rejected',
}

/** Says in plain words what a record does, for people who do not read tags. */
export function describeDmarc(tags: DmarcTags): DmarcDescription {
  const effective = effectiveDmarc(tags, dmarcOutcome(tags, { pMissing: false, spInvalid: false, npInvalid: false }))
  if (!effective) {
    return { summary: 'There is no policy: receivers decide for themselves what to do with forged mail.', details: [] }
  }
  const { applied } = effective
  return {
    summary: `Mail that fails the check is ${fate[applied.p]}.`,
    details: [
      ...subdomains(effective),
      ...(effective.t === 'y' ? testMode(effective) : []),
      ...(tags.pct !== undefined && tags.pct < 100
        ? [`Older receivers apply this to ${tags.pct} % of the failing mail, newer ones to all of it.`]
        : []),
      ...strictness(effective),
      ...reports('Daily reports', effective.rua),
      ...(effective.ruf.length > 0 ? reports('Reports of single failures', effective.ruf) : []),
    ],
  }
}

function subdomains({ applied }: DmarcEffective): string[] {
  const sentences: string[] = []
  if (applied.sp !== applied.p) sentences.push(`Failing mail from subdomains is ${fate[applied.sp]}.`)
  if (applied.np !== applied.sp) sentences.push(`Failing mail from names that do not exist is ${fate[applied.np]}.`)
  return sentences
}

function testMode({ p, applied }: DmarcEffective): string[] {
  if (p === applied.p) return ['Test mode is on.']
  return [`Test mode is on: without it failing mail would be ${fate[p]}, as older receivers do already.`]
}

function strictness({ adkim, aspf }: DmarcEffective): string[] {
  if (adkim === 'r' && aspf === 'r') return []
  const which =
    adkim === aspf ? 'Signatures (DKIM) and senders (SPF)' : adkim === 's' ? 'Signatures (DKIM)' : 'Senders (SPF)'
  return [`${which} must match the domain exactly.`]
}

function reports(what: string, uris: readonly string[]): string[] {
  if (uris.length === 0) return [`${what} are not sent anywhere.`]
  const shown = uris.map((uri) => {
    const parsed = parseReportUri(uri)
    return parsed.ok && parsed.value.scheme === 'mailto' ? uri.slice('mailto:'.length) : uri
  })
  return [`${what} go to ${shown.join(', ')}.`]
}
