import { mapLimited } from '@dmarc-as-code/primitives'
import { hostedNames, kindOfName, recordKindTable, type Verdict, verdictOf } from '@dmarc-as-code/records'
import { dmarcEffect } from '../effect/dmarc-effect.ts'
import type { LiveName } from '../effect/live-name.ts'
import { mtaStsEffect } from '../effect/mta-sts-effect.ts'
import { effectWithoutMailDomain } from '../effect/no-mail-domain.ts'
import { tlsRptEffect } from '../effect/tls-rpt-effect.ts'
import type { MailView, PlanEffect } from '../effect/types.ts'
import { canonicalName } from '../wire/names.ts'
import type { PlanItem } from './judge.ts'

/** A record that is wanted, with what answers at its name today; undefined where that could not be read. */
export interface Arrival {
  name: string
  target: string
  live: LiveName | undefined
}

/**
 * What will answer behind the targets, by the name of the wanted record, where the caller knows it: the TXT value, or for
 * `mta-sts` the policy file; null for nothing.
 */
export type ExpectedTexts = Readonly<Record<string, string | null>>

/** The effect on mail of each record that would change something, by its name. */
export async function effectsOf(
  arrivals: readonly Arrival[],
  view: MailView,
  expected: ExpectedTexts = {},
): Promise<Map<string, PlanEffect>> {
  const texts = new Map(Object.entries(expected).map(([name, text]) => [canonicalName(name), text]))
  const byName = new Map(arrivals.map((arrival) => [arrival.name, arrival]))
  const effects = await mapLimited(arrivals, 16, async (arrival): Promise<[string, PlanEffect] | undefined> => {
    const kind = kindOfName(arrival.name)
    if (!kind || !changes(arrival)) return undefined
    const domain = arrival.name.slice(recordKindTable[kind].prefix.length + 1)
    const { name, target, live } = arrival
    const change = { domain, live, target, expected: texts.get(name) }
    const odd = effectWithoutMailDomain(kind, domain)
    if (odd) return [name, odd]
    const effect = await (kind === 'dmarc' && live
      ? dmarcEffect(change, view)
      : kind === 'tls_rpt'
        ? tlsRptEffect(change, view)
        : mtaSts(domain, arrival))
    return effect && [name, effect]
  })
  return new Map(effects.filter((effect) => effect !== undefined))

  /** One policy stands at two names: its effect is told at the policy host, or at the other where that stays. */
  async function mtaSts(domain: string, arrival: Arrival): Promise<PlanEffect | undefined> {
    const names = hostedNames(domain)
    const [host, id] = [byName.get(names.mta_sts_policy), byName.get(names.mta_sts_id)]
    if (arrival !== (host && changes(host) ? host : id)) return undefined
    return mtaStsEffect(
      {
        domain,
        id: { name: names.mta_sts_id, live: id?.live, target: id?.target },
        host: { name: names.mta_sts_policy, live: host?.live, target: host?.target },
        expected: texts.get(names.mta_sts_policy),
      },
      view,
    )
  }
}

/** Whether something else than the wanted CNAME answers at the name. */
function changes({ live, target }: Arrival): boolean {
  if (!live) return false
  const [only, ...others] = live.sets
  if (live.wildcard !== undefined || only?.type !== 'CNAME' || others.length > 0) return true
  return only.proxied === true || only.values.some((value) => canonicalName(value) !== target)
}

/** What a plan does to mail as a whole. A part of a plan has a verdict of its own. */
export function planVerdict(items: readonly PlanItem[]): Verdict {
  return verdictOf(items.flatMap(({ effect }) => (effect ? [{ name: effect.domain, effect: effect.comparison }] : [])))
}
