import { mapLimited } from '@dmarc-as-code/primitives'
import { kindOfName } from '@dmarc-as-code/records'
import type { MailView } from '../effect/types.ts'
import { DnsInputError } from '../errors.ts'
import { canonicalName, isWithin } from '../wire/names.ts'
import { planVerdict } from './effects.ts'
import { type PlanItem, stopped } from './judge.ts'
import { parentOf } from './names.ts'
import { type Plan, type PlanOptions, plan } from './plan.ts'
import { aliasAt, readNames } from './read-names.ts'
import type { DnsAdapter, WantedRecord } from './types.ts'

export interface RetargetOptions extends Omit<PlanOptions, 'conflict' | 'view' | 'expected'> {
  /** The host that the CNAMEs lead to now: a name, at or beneath which their targets lie. */
  from: string
  /** The new target of a name, from the old one; undefined where there is none. */
  target: (name: string, old: string) => string | undefined
  /** How what answers behind the targets is looked up: `mailView(resolver)`. */
  view: MailView
}

export interface Retargeting {
  /** For `apply`: the CNAMEs that lead to the old host, each with its new target. Blocked where that does not answer yet. */
  plan: Plan
  /** Names that stay as they are, and why: a whole sentence each. */
  left: { name: string; message: string }[]
  /** Seconds for which the old host must go on answering after the change: resolvers remember the CNAMEs for so long. */
  keepOld: number
}

/**
 * Plans how CNAMEs move from one host of their records to another, so that receivers always find an answer: only what leads
 * to the old host is changed, and only where the new target answers already. Changes nothing.
 */
export async function planRetarget(
  names: readonly string[],
  adapter: DnsAdapter,
  { from, target, view, ...options }: RetargetOptions,
): Promise<Retargeting> {
  const asked = [...new Set(names.map(canonicalName))]
  if (asked.length === 0) throw new DnsInputError('There is no name to retarget.')
  const at = await readNames(adapter, asked, options.signal)
  const left: Retargeting['left'] = []
  const wanted: WantedRecord[] = []
  for (const name of asked) {
    const old = aliasAt(at(name).sets)
    const value = old !== undefined && isWithin(old, from) ? target(name, old) : undefined
    if (old === undefined || !isWithin(old, from)) {
      const host = canonicalName(from)
      const there = old === undefined ? `is no CNAME to ${host}` : `leads to ${old}, not to ${host}`
      left.push({ name, message: `${name} ${there}; it stays as it is.` })
    } else if (value === undefined) {
      left.push({ name, message: `${name} has no new target; it stays at ${old}.` })
    } else {
      wanted.push({ name, type: 'CNAME', value, ttl: at(name).sets[0]?.ttl ?? options.ttl ?? 300 })
    }
  }
  const planned = await plan(wanted, adapter, { ...options, view, conflict: 'adopt' })
  const items = await mapLimited(planned.items, 8, (item) => requireReady(item, view))
  const ttls = items.filter(({ action }) => action === 'replace').flatMap(({ before }) => before.map(({ ttl }) => ttl))
  return { plan: { ...planned, items, verdict: planVerdict(items) }, left, keepOld: Math.max(0, ...ttls) }
}

/** A target that does not answer yet would leave receivers without a record. */
async function requireReady(item: PlanItem, view: MailView): Promise<PlanItem> {
  if (item.action !== 'replace') return item
  const { name, value } = item.record
  const isHost = kindOfName(name) === 'mta_sts_policy'
  const found = isHost ? await view.addresses(value) : await view.freshTexts(value)
  if ('unknown' in found) {
    return { ...item, notes: [...item.notes, `${found.unknown} So it is not known whether the new target answers.`] }
  }
  if (found.value.length === 0) {
    return stopped(item, 'blocked', 'target-not-ready', { found: isHost ? 'no address' : 'no TXT record' })
  }
  if (!isHost) return item
  const file = await view.policyFile(parentOf(name), found.value, 'to-come')
  if ('value' in file && file.value !== null) return item
  const why = 'unknown' in file ? file.unknown : `${value} serves no policy file for ${name}.`
  const note = `${why} Senders find no policy if it stays so: let the new host get its certificate for ${name} first.`
  return { ...item, notes: [...item.notes, note] }
}
