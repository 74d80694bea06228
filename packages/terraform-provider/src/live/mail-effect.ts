import type { MailView, PlanEffect } from '@dmarc-as-code/dns/apply'
import { hostedNames } from '@dmarc-as-code/records'

export interface MailChange {
  readonly policy: PlanEffect['policy']
  readonly domain: string
  /** The name that the CNAME leads to; what answers there is looked up unless `expected` is given. */
  readonly target?: string | undefined
  /** The record or the policy file that will answer; null for none. */
  readonly expected?: string | null | undefined
}

/** What a change does to mail, compared with what receivers find now; undefined where no policy holds before and after. */
export async function effectOf(
  { policy, domain, target, expected }: MailChange,
  view: MailView,
): Promise<PlanEffect | undefined> {
  const { dmarcEffect, mtaStsEffect, tlsRptEffect } = await import('@dmarc-as-code/dns/apply')
  if (policy === 'dmarc') return dmarcEffect({ domain, target, expected }, view)
  if (policy === 'tls-rpt') return tlsRptEffect({ domain, target, expected }, view)
  const names = hostedNames(domain)
  return mtaStsEffect(
    { domain, id: { name: names.mta_sts_id }, host: { name: names.mta_sts_policy, target }, expected },
    view,
  )
}

/** One effect for people: what holds before and after, and a sentence for each change. */
export function describeEffect({ before, after, messages }: PlanEffect): string {
  return [`Before: ${shown(before)}`, `After: ${shown(after)}`, ...messages].join('\n')
}

const shown = ({ text, source }: PlanEffect['before']) =>
  text === undefined
    ? source
    : text === null
      ? `none (${source})`
      : `${text.trim().replaceAll(/\r?\n/g, ', ')} (${source})`
