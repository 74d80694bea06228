import { mapLimited } from '@dmarc-as-code/primitives'
import {
  compareDmarc,
  hostedNames,
  parseDmarc,
  parseMtaStsPolicy,
  parseTlsRpt,
  selectDmarc,
  selectTlsRpt,
  zoneFileTxt,
} from '@dmarc-as-code/records'
import { textsOf } from '../effect/live-name.ts'
import { comparedEffect } from '../effect/plan-effect.ts'
import type { MailView } from '../effect/types.ts'
import { DnsInputError } from '../errors.ts'
import { unregisteredDomain } from '../observe/registry-zone.ts'
import { canonicalName, isWithin } from '../wire/names.ts'
import { planVerdict } from './effects.ts'
import { type FindDelegation, findElsewhere, zoneNotes } from './elsewhere.ts'
import { heldElsewhere, type PlanItem, type Surroundings, stepNotes, stopped } from './judge.ts'
import { relativeName } from './names.ts'
import type { Plan } from './plan.ts'
import { aliasAt, type Place, readNames } from './read-names.ts'
import { describeSets } from './record-sets.ts'
import type { CallOptions, DnsAdapter } from './types.ts'

export interface EjectOptions extends CallOptions {
  /** How the records behind the CNAMEs are looked up: `mailView(resolver)`, with policy files for MTA-STS. */
  view: MailView
  /** As for `plan`. Default: not asked. */
  delegation?: FindDelegation | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  clock?: () => number
}

/** MTA-STS of a domain that stays with its host, because a policy file cannot be copied into the DNS. */
export interface StaysHosted {
  domain: string
  /** The CNAMEs that stay. */
  names: string[]
  /** The mode of the policy now; undefined where it could not be read. */
  mode?: 'enforce' | 'testing' | 'none'
  /** Seconds for which senders keep the policy. */
  maxAge?: number
  /** What to do to leave, and to stay protected; whole sentences. */
  message: string
}

export interface Ejection {
  /** For `apply`: each CNAME at `_dmarc` and `_smtp._tls` becomes the TXT record that it leads to now. */
  plan: Plan
  staysHosted: StaysHosted[]
  /**
   * Seconds for which the hosted records must go on answering after the change: resolvers remember the CNAMEs for so long.
   */
  keepHosting: number
}

const copied = {
  dmarc: { select: selectDmarc, addresses: (text: string) => addressesOf(parseDmarc(text).effective) },
  tls_rpt: { select: selectTlsRpt, addresses: (text: string) => [...(parseTlsRpt(text).tags.rua ?? [])] },
} as const
type CopiedKind = keyof typeof copied

/**
 * Plans how domains leave the host of their records, before the hosting ends: what the CNAMEs lead to now is written into
 * the domains' own zones, so that receivers see the same policy before and after. Changes nothing.
 */
export async function planEjection(
  domains: readonly string[],
  adapter: DnsAdapter,
  { view, signal, delegation, clock = Date.now }: EjectOptions,
): Promise<Ejection> {
  const asked = [...new Set(domains.map(canonicalName))]
  if (asked.length === 0) throw new DnsInputError('There is no domain to eject.')
  const found = await mapLimited(asked, 8, (domain) => ejectOne(domain, adapter, { view, signal, delegation }))
  const items = found.flatMap((one) => one.items)
  const ttls = items.filter(({ action }) => action === 'replace').flatMap(({ before }) => before.map(({ ttl }) => ttl))
  return {
    plan: {
      version: 1,
      service: adapter.service,
      ...(adapter.identity === undefined ? {} : { identity: adapter.identity }),
      conflict: 'replace',
      createdAt: new Date(clock()).toISOString(),
      verdict: planVerdict(items),
      items,
    },
    staysHosted: found.flatMap(({ stays }) => (stays ? [stays] : [])),
    keepHosting: Math.max(0, ...ttls),
  }
}

async function ejectOne(
  domain: string,
  adapter: DnsAdapter,
  { view, signal, delegation }: EjectOptions,
): Promise<{ items: PlanItem[]; stays: StaysHosted | undefined }> {
  const names = hostedNames(domain)
  const at = await readNames(adapter, Object.values(names), signal)
  const zones = Object.values(names).flatMap((name) => at(name).zone ?? [])
  const elsewhere = await findElsewhere(
    adapter,
    zones.map((zone) => ({ zone })),
    { delegation, signal },
  )
  const items = await mapLimited(Object.keys(copied) as CopiedKind[], 2, (kind) => {
    const place = at(names[kind])
    return ejectRecord(
      kind,
      domain,
      names[kind],
      place,
      { adapter, elsewhere: elsewhere.get(place.zone?.id ?? '') },
      view,
    )
  })
  const stays = [names.mta_sts_policy, names.mta_sts_id].filter((name) => aliasAt(at(name).sets) !== undefined)
  return {
    items: items.filter((item) => item !== undefined),
    stays: stays.length === 0 ? undefined : await staysHosted(domain, stays, view),
  }
}

async function ejectRecord(
  kind: CopiedKind,
  domain: string,
  name: string,
  { zone, sets: before }: Place,
  { adapter, elsewhere }: Pick<Surroundings, 'adapter' | 'elsewhere'>,
  view: MailView,
): Promise<PlanItem | undefined> {
  const record = { name, type: 'TXT', value: '', ttl: before[0]?.ttl ?? 300 } as const
  const base = { record, message: '', before, after: before, adopted: false, notes: [] as string[] }
  if (!zone) return stopped({ ...base, action: 'blocked' }, 'blocked', 'zone-not-found', { service: adapter.label })
  const unregistered = adapter.abilities.canWrite ? undefined : unregisteredDomain(name, zone.name, zone.nameServers)
  if (unregistered !== undefined) {
    const context = { name: unregistered, zone: zone.name || 'the root zone' }
    return stopped({ ...base, action: 'blocked' }, 'blocked', 'domain-unregistered', context)
  }
  const item: PlanItem = { ...base, action: 'replace', zone, relativeName: relativeName(name, zone.name) }
  const target = aliasAt(before)
  const { select, addresses } = copied[kind]
  if (target === undefined) {
    const own = select(textsOf(before)).record
    if (!own) return undefined
    const message = 'The record is in this zone already.'
    return { ...item, action: 'unchanged', record: { ...record, value: own.text }, message }
  }
  const obstacle = heldElsewhere(elsewhere)
  if (obstacle) return stopped(item, 'blocked', obstacle.reason, obstacle.context)
  const texts = await view.freshTexts(target)
  if ('unknown' in texts) return { ...item, action: 'blocked', reason: 'unreachable', message: texts.unknown }
  const { record: hosted, found } = select(texts.value)
  if (!hosted) {
    const behind = found === 'several' ? 'several records of this kind' : 'no record of this kind'
    return stopped({ ...item, record: { ...record, value: target } }, 'blocked', 'nothing-to-copy', { found: behind })
  }
  const values = [zoneFileTxt(hosted.text)]
  const others = addresses(hosted.text).filter((uri) => !isWithin(hostOf(uri), domain))
  const after = [{ name, type: 'TXT', ttl: record.ttl, values }]
  return {
    ...item,
    record: { ...record, value: hosted.text },
    after,
    message: `${describeSets(before)} is replaced by the TXT record that it leads to now: ${hosted.text}`,
    notes: [
      ...zoneNotes(zone, elsewhere),
      ...(others.length === 0
        ? []
        : [
            `Reports still go to ${others.join(', ')}; remove what belongs to the service you leave once it has ended.`,
          ]),
      ...stepNotes({ ...item, after }, { adapter }),
    ],
    ...(kind === 'dmarc' ? { effect: sameEffect(domain, name, target, hosted.text) } : {}),
  }
}

function sameEffect(domain: string, name: string, target: string, text: string) {
  const situation = { own: parseDmarc(text) }
  return comparedEffect(
    { policy: 'dmarc', domain },
    { text, source: `CNAME at ${name} to ${target}` },
    { text, source: `TXT at ${name}` },
    compareDmarc(situation, situation),
  )
}

const addressesOf = (effective: { rua: readonly string[]; ruf: readonly string[] } | null) => [
  ...new Set([...(effective?.rua ?? []), ...(effective?.ruf ?? [])]),
]

/** The host that a report URI names. */
function hostOf(uri: string): string {
  const [, mail] = /^mailto:[^@]*@([^?!]*)/i.exec(uri) ?? []
  return canonicalName(mail ?? (URL.canParse(uri) ? new URL(uri).hostname : ''))
}

async function staysHosted(domain: string, names: string[], view: MailView): Promise<StaysHosted> {
  const host = hostedNames(domain).mta_sts_policy
  const addresses = await view.addresses(host)
  const file =
    'value' in addresses && addresses.value.length > 0
      ? await view.policyFile(domain, addresses.value, 'live')
      : { unknown: host }
  const tags = 'value' in file && file.value !== null ? parseMtaStsPolicy(file.value).tags : undefined
  const { mode, max_age: maxAge } = tags ?? {}
  const known = { ...(mode === undefined ? {} : { mode }), ...(maxAge === undefined ? {} : { maxAge }) }
  return { domain, names, ...known, message: leavingText(domain, names, known) }
}

function leavingText(domain: string, names: readonly string[], { mode, maxAge }: Pick<StaysHosted, 'mode' | 'maxAge'>) {
  const cnames = names.join(' and ')
  const age = maxAge === undefined ? 'its max_age' : `its max_age of ${maxAge} seconds`
  const now = mode === undefined ? 'Its policy could not be read' : `Its mode is ${mode}`
  const leave =
    mode === 'none'
      ? `Once the max_age of the policy before it has passed since the mode became none, delete ${cnames}`
      : `To give it up, set the mode to none there, keep ${cnames} until ${age} has passed, and then delete them`
  return (
    `MTA-STS of ${domain} stays where it is hosted, because a policy file cannot be copied into the DNS. ${now}. ` +
    `${leave}: senders remember a policy for that long, and refuse mail they can no longer check against it (RFC 8461 section 8.3). ` +
    `To keep it, serve the same file at https://mta-sts.${domain}/.well-known/mta-sts.txt from a host of your own, and publish a new id at _mta-sts.${domain}.`
  )
}
