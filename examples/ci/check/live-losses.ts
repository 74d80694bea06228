import { dmarcEffect, type MailView, mtaStsEffect, type PlanEffect } from '@dmarc-as-code/dns/apply'
import { hostedDmarcRecord, hostedNames, RecordError } from '@dmarc-as-code/records'
import { type Beginning, beginnings } from './beginnings.ts'
import { type Losses, lossesOf, nothing, refused, together, unread } from './effect.ts'
import type { LookAtMail } from './live.ts'
import { policyText } from './mta-sts.ts'
import { type Domain, hasUnknown, type Plan, type Values } from './plan.ts'
import { severalAtOnce } from './several-at-once.ts'

/** For one domain, so that one broken zone does not keep the others waiting. */
const LOOK_TIMEOUT_MS = 30_000
/** For all of them. What is not looked at by then is refused: slow zones in a pull request must not hide the others. */
const DEADLINE_MS = 5 * 60_000

/** The service's own addresses, which are known once the domain is there. */
const SERVICE_ADDRESS = 'mailto:reports@service.invalid'

/**
 * What the plan takes away from what is live: at domains that it creates, and where hosting begins or its CNAMEs do. The state knows
 * nothing of that, so that it is compared with what receivers of mail find now, as the provider does. A consent in the pull request (`allowWeaker`) is a reason and not the consent
 * of a reviewer.
 */
export async function liveLosses(
  plan: Plan,
  look: LookAtMail,
  deadline: AbortSignal = AbortSignal.timeout(DEADLINE_MS),
): Promise<Losses> {
  return together(
    await severalAtOnce(beginnings(plan), async (domain) => {
      const { address, allow_weaker: reason } = domain.after
      const losses = await lossesOfBeginning(domain, look, deadline)
      const given =
        losses.refused.length > 0 && reason ? refused(`the reason given is ${JSON.stringify(reason)}`) : nothing
      return named(address, together([losses, given]))
    }),
  )
}

async function lossesOfBeginning(beginning: Beginning, look: LookAtMail, deadline: AbortSignal): Promise<Losses> {
  const { after, unknown, dmarc, mtaSts } = beginning
  const late = refused('was not compared with what is live within the time for all domains. Propose fewer at once')
  if (deadline.aborted) return late
  const view = look(AbortSignal.any([deadline, AbortSignal.timeout(LOOK_TIMEOUT_MS)]))
  try {
    return together(
      await Promise.all([
        dmarc ? dmarcLosses(after, unknown, view) : nothing,
        mtaSts ? mtaStsLosses(after, unknown, view) : nothing,
      ]),
    )
  } catch (error) {
    if (deadline.aborted) return late
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      return unread('what is live could not be read in time, so the effect is unknown')
    }
    throw error
  }
}

async function dmarcLosses(after: Domain, unknown: Values, view: MailView): Promise<Losses> {
  const settings = after.hosted_dmarc
  if (!settings && unknown.hosted_dmarc !== true) return nothing
  const expected = settings && recordOf(after, unknown)
  if (expected == null) return refused('what DMARC will say is known only after the apply')
  return lossesOfEffect(await dmarcEffect({ domain: after.address, expected }, view))
}

/** The record that will be published; undefined where it depends on what only an apply tells. */
function recordOf({ hosted_dmarc, parked }: Domain, { hosted_dmarc: unknown }: Values): string | undefined {
  const { published_record, from_current, current_record, ...settings } = hosted_dmarc ?? {}
  if (typeof published_record === 'string') return published_record
  const { published_record: _, ...others } = (typeof unknown === 'object' ? (unknown ?? {}) : {}) as Values
  if (unknown === true || hasUnknown(others)) return undefined
  const policy = parked ? 'p=reject; sp=reject; np=reject' : 'p=none'
  const standIn = `v=DMARC1; ${policy}; rua=${SERVICE_ADDRESS}; ruf=${SERVICE_ADDRESS}`
  try {
    const base = from_current && current_record ? hostedDmarcRecord({ record: current_record }, standIn) : standIn
    return hostedDmarcRecord(settings, base)
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}

async function mtaStsLosses(after: Domain, unknown: Values, view: MailView): Promise<Losses> {
  const { address, hosted_mta_sts: settings } = after
  if (hasUnknown(unknown.hosted_mta_sts)) return refused('what MTA-STS will say is known only after the apply')
  if (!settings) return nothing
  const names = hostedNames(address)
  const [id, host] = [{ name: names.mta_sts_id }, { name: names.mta_sts_policy }]
  return lossesOfEffect(await mtaStsEffect({ domain: address, id, host, expected: policyText(settings) }, view))
}

function lossesOfEffect(effect: PlanEffect | undefined): Losses {
  if (!effect) return nothing
  const { comparison, before, policy, messages } = effect
  const what = policy === 'dmarc' ? 'DMARC' : 'MTA-STS'
  if (!comparison) return unread(`the live ${what} could not be read, so the effect is unknown (${messages.join(' ')})`)
  const losses = lossesOf(comparison)
  const live = `live now is ${before.text?.trim().replaceAll(/\r?\n/g, ', ') ?? 'nothing'} (${before.source})`
  return losses.refused.length > 0 ? together([losses, refused(live)]) : losses
}

function named(address: string, { refused, shown, unread }: Losses): Losses {
  const name = (lines: readonly string[]) => lines.map((line) => `${address}: ${line}`)
  return { refused: name(refused), shown: name(shown), unread: name(unread) }
}
