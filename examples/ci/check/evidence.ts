import type { EvidenceTarget } from '@dmarc-as-code/client/reports'
import type { Diagnostic } from './diagnostics.ts'
import type { Domain, Plan } from './plan.ts'
import { severalAtOnce } from './several-at-once.ts'
import { type Tightening, tightenings } from './tightenings.ts'

/** Asks the service what the reports of a domain say; `signal` ends the question. */
export type AskEvidence = (domain: Domain, target: EvidenceTarget, signal: AbortSignal) => Promise<Evidence>

export type Evidence =
  | { readonly ready: boolean; readonly blockers: readonly string[] }
  /** The service keeps no reports that could be asked. */
  | 'no reports'

const ASK_TIMEOUT_MS = 30_000

/** What reports say of each policy that the plan tightens, one line each. It informs, and refuses nothing: that is the gate of the domain. */
export async function evidenceLines(
  plan: Plan,
  diagnostics: readonly Diagnostic[],
  ask: AskEvidence,
  deadline: AbortSignal,
): Promise<string[]> {
  const lines = await severalAtOnce(tightenings(plan), async (tightening) => {
    const { after, policy, target } = tightening
    const level = target === 'mta_sts_enforce' ? 'enforce' : target
    const says = await said(tightening, diagnostics, ask, deadline)
    return says === undefined ? [] : [`${after.address}: the ${policy} policy goes to ${level}: ${says}`]
  })
  return lines.flat()
}

async function said(
  tightening: Tightening,
  diagnostics: readonly Diagnostic[],
  ask: AskEvidence,
  deadline: AbortSignal,
): Promise<string | undefined> {
  const { before, after, policy, target } = tightening
  const settings = policy === 'DMARC' ? after.hosted_dmarc : after.hosted_mta_sts
  if (diagnostics.some((diagnostic) => isMissing(diagnostic, tightening))) {
    return 'evidence is missing, as the warnings of the plan say'
  }
  if (after.accept_risk) return `without evidence; the reason given is ${JSON.stringify(after.accept_risk)}`
  if (settings?.gate === 'off') return 'without evidence; its gate is off'
  // Of a new domain, the provider has compared the policy with what is live, and warned where it is tightened.
  if (before === null) return undefined
  try {
    const evidence = await ask(before, target, AbortSignal.any([deadline, AbortSignal.timeout(ASK_TIMEOUT_MS)]))
    if (evidence === 'no reports') return 'evidence is missing, since the service keeps no reports that could be asked'
    if (evidence.ready) return 'the reports show that it loses no mail of its own'
    return `evidence is missing. ${evidence.blockers.join(' ') || 'The service does not say why.'}`
  } catch (error) {
    return `the evidence could not be read, so nothing is shown (${error instanceof Error ? error.message : 'unknown'})`
  }
}

/** What the provider's gate says where reports do not show that it is safe. */
const isMissing = ({ summary, address }: Diagnostic, { resource, policy }: Tightening) =>
  address === resource && summary.startsWith(`Tightens the ${policy} policy of `)
