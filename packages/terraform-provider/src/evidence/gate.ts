import { DmarcReportError, NotFoundError, UnsupportedError } from '@dmarc-as-code/client'
import type { EvidenceBlocker, EvidenceTarget } from '@dmarc-as-code/client/reports'
import { type Diagnostics, isKnown, type Path, type Unknown } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../api/api.ts'

export const gates = ['enforce', 'warn', 'off'] as const
export type Gate = (typeof gates)[number]

/** A policy that a plan tightens. */
export interface Tightening {
  readonly domain: string
  readonly target: EvidenceTarget
  readonly gate: Exclude<Gate, 'off'>
  /** The service refuses the change too: its own gate for the domain is on. */
  readonly byService: boolean
  readonly attribute: Path
  /** The domain at the service; null while it is not there yet. */
  readonly place: { readonly accountId: number; readonly domainId: number } | null
}

/**
 * Asks whether reports allow it, and says what is missing: an error with the gate `enforce`, else a warning. Without an answer
 * nothing is proven. Answers whether the user was told, so that a rule of thumb need not be told as well.
 */
export async function judgeTightening(
  { domain, target, gate, byService, attribute, place }: Tightening,
  api: Api,
  diagnostics: Diagnostics,
  signal: AbortSignal,
): Promise<boolean> {
  const found = place ? await ask(api, place, target, signal) : { missing: notThereYet(domain) }
  if (found === 'ready') return true
  // A server without reports has nothing to say, and the advice about the policy is given anyway.
  if ('unsupported' in found && gate === 'warn') return false
  const what = words(target)
  const why = 'unsupported' in found ? found.unsupported : found.missing
  diagnostics[gate === 'enforce' ? 'error' : 'warning'](
    `Tightens the ${what.policy} of ${domain} to ${what.level} without evidence`,
    `${why}\n\n${byService ? 'The service would refuse the apply: `evidence_gate` of the domain is `enforce` there. ' : ''}To go on anyway, set \`accept_risk\` to the reason${gate === 'enforce' && !byService ? ', or `gate` to "warn"' : ''}.`,
    attribute,
  )
  return true
}

type Found = 'ready' | { readonly missing: string } | { readonly unsupported: string }

async function ask(
  api: Api,
  place: NonNullable<Tightening['place']>,
  target: EvidenceTarget,
  signal: AbortSignal,
): Promise<Found> {
  try {
    const reports = await api.reports()
    const { ready, blockers } = await reports.evidence(place.accountId, place.domainId, { target, signal })
    if (ready) return 'ready'
    return { missing: blockers.length > 0 ? blockers.map(sentence).join('\n') : 'The server does not say why.' }
  } catch (error) {
    signal.throwIfAborted()
    // The domain is there, so what was not found are its reports.
    if (error instanceof UnsupportedError || error instanceof NotFoundError) return { unsupported: noReports }
    if (error instanceof DmarcReportError) return { missing: `The evidence could not be read: ${error.message}` }
    throw error
  }
}

const noReports = 'This server keeps no reports that could be asked for evidence.'

const notThereYet = (domain: string) =>
  `${domain} is new to the service, so it has received no reports of it. Begin with the policy that is live (\`from_current = true\`) or with the weakest one, and tighten it once the reports of a month have arrived.`

/** What was found, what is expected, and what to do. */
export function sentence({ found, expected, fix, about }: EvidenceBlocker): string {
  const named = about.slice(0, MOST_NAMED).join(', ')
  const more = about.length > MOST_NAMED ? ` and ${about.length - MOST_NAMED} more` : ''
  return `- Found ${found}${named && ` (${named}${more})`}, expected ${expected}. ${fix}`.trim()
}

const MOST_NAMED = 5

function words(target: EvidenceTarget) {
  return target === 'mta_sts_enforce'
    ? { policy: 'MTA-STS policy', level: 'enforce' }
    : { policy: 'DMARC policy', level: target }
}

/** What a configuration says about the gate; what is not known yet is judged when it is. */
export const gateOf = (written: string | null | Unknown): Gate =>
  isKnown(written) && written !== null ? (written as Gate) : 'warn'
