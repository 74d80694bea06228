import type { WireEffect } from '@dmarc-as-code/client/contract'
import { dmarcEvidenceOf, type JudgedDomain, mtaStsEvidenceOf } from '../reports/evidence-of.ts'
import { Problem } from '../rules/problem.ts'
import type { Db } from '../store/open-store.ts'
import type { Observation } from '../store/verifications.ts'

type Gate = 'off' | 'enforce'

/** What a request says about evidence. */
export interface GateRequest {
  domain: JudgedDomain
  /** As stored, and as the request sets it: a request that opens the gate does not pass it. */
  gates: readonly (string | undefined)[]
  effect: WireEffect | undefined
  /** Why the change is made without evidence. */
  acceptRisk: string | undefined
  now: number
}

const levels = { none: 0, quarantine: 1, reject: 2 } as const
type Level = keyof typeof levels

/**
 * Lets a change that tightens a policy pass where the reports are evidence for it, or a written reason accepts the risk, which
 * the history keeps. Loosening is never asked for evidence, and a domain that does not ask for a gate has none.
 *
 * @throws {Problem} 409 with what is missing and what to do
 */
export async function requireEvidence(tx: Db, request: GateRequest): Promise<Observation[]> {
  const { domain, gates, effect, acceptRisk, now } = request
  // A reason is kept where no gate asks for it, too: whoever gives it wants it to be found.
  if (!effect || (acceptRisk === undefined && !gates.includes('enforce' satisfies Gate))) return []
  const missing: { service: 'dmarc' | 'mta_sts'; target: string; found: string[] }[] = []
  const target = tightenedTo(effect)
  if (target) {
    const { evidence } = await dmarcEvidenceOf(tx, domain, now)
    const { ready, blockers } = evidence.targets[target]
    if (!ready) missing.push({ service: 'dmarc', target: `p=${target}`, found: blockers.map(inWords) })
  }
  if (enforces(effect)) {
    const { evidence } = await mtaStsEvidenceOf(tx, domain, now)
    if (!evidence.ready) missing.push({ service: 'mta_sts', target: 'enforce', found: evidence.blockers.map(inWords) })
  }
  if (missing.length === 0) return []
  if (acceptRisk !== undefined) {
    return missing.map(({ service, target: to }) => {
      return { at: now, service, record: 'all', part: 'risk', from: null, to, reason: null, found: acceptRisk }
    })
  }
  const details = missing.flatMap(({ service, target: to, found }) =>
    found.map((message) => ({
      field: service === 'dmarc' ? 'domain.hosted_dmarc' : 'domain.hosted_mta_sts',
      code: 'evidence_missing' as const,
      message: `${to}: ${message}`,
    })),
  )
  const targets = missing.map(({ target: to }) => to).join(' and ')
  const message = `${domain.address} asks for evidence before a policy is tightened, and the reports are none for ${targets}. The details say what is missing; send accept_risk with a reason to change it nevertheless.`
  throw new Problem(409, message, details)
}

const inWords = ({ found, expected, fix }: { found: string; expected: string; fix: string }) =>
  `found ${found}, expected ${expected}. ${fix}`

/** The strictest level that mail is newly held to; undefined where no level rises. An unknown level before counts as none. */
function tightenedTo({ dmarc }: WireEffect): 'quarantine' | 'reject' | undefined {
  if (!dmarc?.after) return undefined
  const { before, after } = dmarc
  const raised = (['policy', 'subdomain_policy'] as const)
    .filter((key) => levels[after[key]] > levels[before?.[key] ?? 'none'])
    .map((key): Level => after[key])
  return raised.includes('reject') ? 'reject' : raised.includes('quarantine') ? 'quarantine' : undefined
}

const enforces = ({ mta_sts }: WireEffect): boolean =>
  mta_sts?.after?.mode === 'enforce' && mta_sts.before?.mode !== 'enforce'
