import type { PlanEffect, PlanItem } from '@dmarc-as-code/dns/apply'
import { kindOfName, recordKindTable } from '@dmarc-as-code/records'
import type { InputOf } from '@dmarc-as-code/terraform-plugin'
import { define } from '../../context/define.ts'
import type { ProviderContext } from '../../context/provider-context.ts'
import { effectOf } from '../../live/mail-effect.ts'
import { plainName, soleCname } from '../../resources/dns-records/wanted-records.ts'
import { dnsLookupDataSchema } from './dns-lookup-data-schema.ts'

type Input = InputOf<typeof dnsLookupDataSchema>

/** Stands for a target that is not given: whatever is there is not it. */
const NO_TARGET = 'not-given.invalid'

export const dnsLookupData = define.dataSource({
  description:
    'Looks up a record name at the name servers of its zone: which records exist, whether a CNAME can be created, and how it would affect mail. Use it for preconditions on records that other providers publish.',
  schema: dnsLookupDataSchema,
  async read({ config, client, signal, diagnostics }) {
    const seen = await lookAt(config, client, signal)
    if ('unknown' in seen) {
      diagnostics.warning('Could not look up a name in the DNS', `${config.name}: ${seen.unknown}`, ['name'])
      return { ...nothingKnown, message: seen.unknown, ...(await mailOf(config, client, signal)) }
    }
    const { item } = seen
    const sole = soleCname(item.before)
    return {
      status: statusOf(item),
      can_create: item.action === 'create',
      cname: sole?.value ?? null,
      found: item.before.map(({ type, ttl, values }) => ({ type, ttl, values: [...values] })),
      zone: item.zone?.name ?? null,
      name_servers: [...(item.zone?.nameServers ?? [])],
      reason: item.reason ?? null,
      message: messageOf(item, config),
      ...(await mailOf(config, client, signal)),
    }
  },
})

const nothingKnown = {
  status: 'unknown',
  can_create: null,
  cname: null,
  found: [],
  zone: null,
  name_servers: [],
  reason: 'unreachable',
}

async function lookAt(
  { name, target }: Input,
  { live }: ProviderContext,
  signal: AbortSignal,
): Promise<{ item: PlanItem } | { unknown: string }> {
  const [{ isExpected }, { manualAdapter }, { plan }] = await Promise.all([
    import('@dmarc-as-code/dns'),
    import('@dmarc-as-code/dns/adapters'),
    import('@dmarc-as-code/dns/apply'),
  ])
  try {
    const adapter = manualAdapter(await live.resolver())
    const { items } = await plan([{ name, type: 'CNAME', value: target ?? NO_TARGET }], adapter, { signal })
    const [item] = items
    if (!item) throw new Error(`${name} is missing in its own plan`)
    return item.reason === 'unreachable' ? { unknown: item.message } : { item }
  } catch (error) {
    signal.throwIfAborted()
    if (isExpected(error)) return { unknown: error.message }
    throw error
  }
}

function statusOf({ action, reason, notes }: PlanItem): string {
  if (action === 'unchanged') return 'target'
  if (action === 'create') return notes.length > 0 ? 'wildcard' : 'absent'
  if (reason === 'other-target') return 'cname'
  return reason === 'records-in-place' ? 'other_records' : 'blocked'
}

function messageOf({ action, message, notes, record, before }: PlanItem, { target }: Input): string {
  if (target !== null) return [message, ...notes].join(' ')
  // Without a target there is nothing to say about one.
  if (action === 'create') return [`Nothing stands at ${record.name}.`, ...notes].join(' ')
  const cname = soleCname(before)
  return cname ? `There is a CNAME at ${record.name} to ${cname.value}.` : message
}

async function mailOf({ name, target, expected }: Input, { mail }: ProviderContext, signal: AbortSignal) {
  const none = { in_force: null, in_force_source: null, effect: null, needs_consent: false, effect_messages: [] }
  const kind = kindOfName(plainName(name))
  if (!kind || kind === 'tls_rpt') return none
  const domain = plainName(name).slice(recordKindTable[kind].prefix.length + 1)
  const policy = kind === 'dmarc' ? 'dmarc' : 'mta-sts'
  const compares = expected !== null || (target !== null && kind !== 'mta_sts_id')
  const change = compares ? { target: target ?? undefined, expected: expected ?? undefined } : { expected: null }
  const effect = await effectOf({ policy, domain, ...change }, await mail.view(signal))
  if (!effect) return none
  return {
    in_force: effect.before.text ?? null,
    in_force_source: effect.before.source,
    ...(compares ? comparison(effect) : { effect: null, needs_consent: false, effect_messages: [] }),
  }
}

function comparison({ grade, needsConsent, messages }: PlanEffect) {
  return { effect: grade, needs_consent: needsConsent, effect_messages: [...messages] }
}
