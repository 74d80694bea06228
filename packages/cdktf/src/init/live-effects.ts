import type { Domain } from '@dmarc-as-code/client'
import { dmarcEffect, type MailView, mtaStsEffect, type PlanEffect } from '@dmarc-as-code/dns/apply'
import { mapLimited } from '@dmarc-as-code/primitives'
import { formatMtaStsPolicy, hostedMtaStsPolicy, hostedNames } from '@dmarc-as-code/records'
import { hostedMtaSts } from './domain-entry.ts'
import type { LookAtMail } from './mail-view.ts'
import { isSilent, targetOf, withPublished } from './published.ts'

/** At once, and for all domains together. */
const LOOKS_AT_ONCE = 8
const DEADLINE_MS = 120_000
/** For one domain, so that one broken zone does not keep the others waiting. */
const LOOK_TIMEOUT_MS = 15_000

/** A domain, and where what is hosted is not what is live: its CNAMEs are not there yet, or lead elsewhere. */
export interface ComparedDomain {
  readonly domain: Domain
  /** What would weaken it once its CNAMEs are in place, and what could not be read. */
  readonly effects: readonly PlanEffect[]
}

/**
 * Compares what is hosted with what receivers and senders find now, by the comparison that all surfaces have. What a service hosts
 * and does not return is read where it answers.
 */
export async function comparedWithLive(
  domains: readonly Domain[],
  look: LookAtMail,
  signal?: AbortSignal,
): Promise<ComparedDomain[]> {
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  return mapLimited(
    domains,
    LOOKS_AT_ONCE,
    async (listed, _index, stopped) => {
      if (!listed.hosted_dmarc && !listed.hosted_mta_sts) return { domain: listed, effects: [] }
      const view = look(AbortSignal.any([stopped, deadline, AbortSignal.timeout(LOOK_TIMEOUT_MS)]))
      const inTime = <T>(work: Promise<T>, otherwise: T) => unlessLate(work, otherwise, stopped)
      const domain = isSilent(listed) ? await inTime(withPublished(listed, view), listed) : listed
      const found = await Promise.all([
        inTime(dmarc(domain, view), notInTime(domain, 'dmarc')),
        inTime(mtaSts(domain, view), notInTime(domain, 'mta-sts')),
      ])
      const effects = found.filter((effect) => effect !== undefined)
      return { domain, effects: effects.filter(({ grade, needsConsent }) => needsConsent || grade === 'unknown') }
    },
    { signal },
  )
}

async function dmarc(domain: Domain, view: MailView): Promise<PlanEffect | undefined> {
  const { address, hosted_dmarc, current_dmarc_config } = domain
  if (!hosted_dmarc) return undefined
  return dmarcEffect(
    { domain: address, target: targetOf(domain, 'dmarc'), expected: current_dmarc_config ?? undefined },
    view,
  )
}

async function mtaSts(domain: Domain, view: MailView): Promise<PlanEffect | undefined> {
  const { address, hosted_mta_sts, mta_sts_policy } = domain
  if (!hosted_mta_sts) return undefined
  const names = hostedNames(address)
  const id = { name: names.mta_sts_id, target: targetOf(domain, 'mta_sts_id') }
  const host = { name: names.mta_sts_policy, target: targetOf(domain, 'mta_sts_policy') }
  return mtaStsEffect({ domain: address, id, host, expected: mta_sts_policy ? policyText(domain) : undefined }, view)
}

function policyText(domain: Domain): string {
  const { mode, mx = [], maxAgeDays = 7 } = hostedMtaSts(domain)
  return formatMtaStsPolicy(hostedMtaStsPolicy({ mode, mx, mxAgeDays: maxAgeDays }))
}

async function unlessLate<T>(work: Promise<T>, otherwise: T, stopped: AbortSignal): Promise<T> {
  try {
    return await work
  } catch (error) {
    stopped.throwIfAborted()
    if (error instanceof DOMException && error.name === 'TimeoutError') return otherwise
    throw error
  }
}

function notInTime({ address }: Domain, policy: PlanEffect['policy']): PlanEffect {
  const source = `${address} could not be looked up in time.`
  const unknown = { grade: 'unknown', needsConsent: false, messages: [source], comparison: null } as const
  return { policy, domain: address, before: { source }, after: { source }, ...unknown, messages: [source] }
}
