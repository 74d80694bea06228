import { compareMtaSts, type MtaStsSituation, parseMtaStsPolicy, selectMtaStsRecord } from '@dmarc-as-code/records'
import { comingAddresses, comingTexts, type LiveName, liveAddresses, liveTexts } from './live-name.ts'
import { comparedEffect, unknownEffect } from './plan-effect.ts'
import type { Found, InForce, MailView, PlanEffect } from './types.ts'

/** One of the two names of MTA-STS. */
export interface MtaStsName {
  /** What stands there now; undefined for a name that is not part of the plan, and is looked up. */
  live?: LiveName | undefined
  /** The name that the planned CNAME leads to; undefined where it stays as it is. */
  target?: string | undefined
  /** What will stand there, where that is known and need not be a CNAME to `target`. */
  next?: LiveName | undefined
}

export interface MtaStsChange {
  domain: string
  /** `_mta-sts` of the domain. */
  id: MtaStsName & { name: string }
  /** `mta-sts` of the domain. */
  host: MtaStsName & { name: string }
  /** The policy that will be served, where the caller knows; null for none. Default: it is fetched from the target. */
  expected?: string | null | undefined
}

interface Side {
  found: InForce
  situation: MtaStsSituation
}

const none = (source: string): Found<Side> => ({ value: { found: { text: null, source }, situation: null } })

/** What CNAMEs at the names of MTA-STS do to mail; undefined where no policy holds now, nor is one known to come. */
export async function mtaStsEffect(change: MtaStsChange, view: MailView): Promise<PlanEffect | undefined> {
  const before = await sideBefore(change, view)
  const after = await sideAfter(change, view)
  const base = { policy: 'mta-sts', domain: change.domain } as const
  if ('unknown' in before) return unknownEffect(base, before, after)
  if ('unknown' in after) return before.value.found.text === null ? undefined : unknownEffect(base, before, after)
  const [from, to] = [before.value, after.value]
  return comparedEffect(base, from.found, to.found, compareMtaSts(from.situation, to.situation))
}

async function sideBefore({ domain, id, host }: MtaStsChange, view: MailView): Promise<Found<Side>> {
  const texts = id.live ? await liveTexts(id.live, view) : await view.texts(id.name)
  return whereAnnounced(texts, id.name, async () => {
    const addresses = host.live ? await liveAddresses(host.live, view) : await view.addresses(host.name)
    return policyAt(domain, host.name, addresses, 'live', view)
  })
}

async function sideAfter({ domain, id, host, expected }: MtaStsChange, view: MailView): Promise<Found<Side>> {
  if (expected !== undefined) return expected === null ? none('no policy') : parsed(expected, host.name)
  const texts = await textsAfter(id, view)
  return whereAnnounced(texts, id.target ?? id.name, async () => {
    if (host.next) return policyAt(domain, host.name, await comingAddresses(host.next, view), 'live', view)
    const name = host.target ?? host.name
    return policyAt(domain, name, await view.addresses(name), host.target === undefined ? 'live' : 'to-come', view)
  })
}

function textsAfter({ name, next, target }: MtaStsChange['id'], view: MailView): Promise<Found<readonly string[]>> {
  if (next) return comingTexts(next, view)
  return target === undefined ? view.texts(name) : view.freshTexts(target)
}

/** Senders look for a policy only where one record says that there is one (RFC 8461 section 3.1). */
async function whereAnnounced(
  texts: Found<readonly string[]>,
  name: string,
  look: () => Promise<Found<Side>>,
): Promise<Found<Side>> {
  if ('unknown' in texts) return texts
  const { record, found } = selectMtaStsRecord(texts.value)
  if (record?.ok) return look()
  return none(found === 'several' ? `several records at ${name}, which count as none` : `no record at ${name}`)
}

async function policyAt(
  domain: string,
  host: string,
  addresses: Found<readonly string[]>,
  state: 'live' | 'to-come',
  view: MailView,
): Promise<Found<Side>> {
  if ('unknown' in addresses) return addresses
  if (addresses.value.length === 0) return none(`${host} has no address`)
  const file = await view.policyFile(domain, addresses.value, state)
  if ('unknown' in file) return file
  return file.value === null ? none(`no usable policy at ${host}`) : parsed(file.value, host)
}

function parsed(text: string, host: string): Found<Side> {
  return { value: { found: { text, source: `policy file of ${host}` }, situation: parseMtaStsPolicy(text) } }
}
