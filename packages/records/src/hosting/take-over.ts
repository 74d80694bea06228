import { formatDmarc } from '../dmarc/format.ts'
import { type ParsedDmarc, parseDmarc } from '../dmarc/parse.ts'
import type { DmarcTags } from '../dmarc/tags.ts'
import { day, type MtaStsMode, type MtaStsPolicyTags } from '../mta-sts/tags.ts'
import { extraReportUris } from './hosted-dmarc.ts'

/** The record that applies to a domain now, as `discoverDmarc` finds it. */
export interface DmarcToTakeOver {
  /** The record that is live. */
  readonly record: ParsedDmarc
  /** The domain whose record it is: the domain itself, or a parent. */
  readonly policyDomain: string
}

/** What taking over comes to, tag by tag: `p=reject`, `rua=mailto:soc@example.com`; for MTA-STS `mode: enforce`. */
export interface TakenOver {
  /** What is kept of what was live. */
  readonly kept: readonly string[]
  /** What hosting adds. */
  readonly added: readonly string[]
  /** What could not be kept, each with the reason as a sentence. */
  readonly dropped: readonly { readonly value: string; readonly message: string }[]
}

/**
 * The record to host instead of the one that is live: its policy, alignment and report addresses, and those of the default
 * record. A parent's record comes to what it says for the domain. A parked domain keeps the policy of the default record.
 * Throws RecordError when the live record cannot be hosted.
 *
 * @example
 * const live = await discoverDmarc('example.com', lookup)
 * if (live.record?.effective) takeOverDmarc({ record: live.record, policyDomain: live.policyDomain ?? '' }, 'example.com', standard)
 */
export function takeOverDmarc(
  { record: live, policyDomain }: DmarcToTakeOver,
  domain: string,
  defaultRecord: string,
  options: { readonly parked?: boolean } = {},
): TakenOver & { readonly record: string } {
  const standard = parseDmarc(defaultRecord).tags
  const dropped: Dropped[] = live.errors.map(({ message }) => ({ value: live.text, message }))
  const before = policyDomain === domain ? ownTags(live) : inheritedTags(live, policyDomain, dropped)
  const policy = options.parked ? parkedTags(before, standard, dropped) : before
  const added = { rua: extraReportUris(standard.rua, policy.rua), ruf: extraReportUris(standard.ruf, policy.ruf) }
  const record = formatDmarc(
    {
      ...policy,
      rua: [...(policy.rua ?? []), ...added.rua],
      ruf: [...(policy.ruf ?? []), ...added.ruf],
    },
    { defaults: 'keep' },
  )
  const had = new Set(tagTexts(before))
  const texts = tagTexts(policy)
  return {
    record,
    kept: texts.filter((tag) => had.has(tag)),
    added: [...texts.filter((tag) => !had.has(tag)), ...tagTexts(added)],
    dropped,
  }
}

type Dropped = TakenOver['dropped'][number]

/**
 * The tags of the domain's own record. One with a wrong or missing policy tag comes to what receivers make of it: `p=none` by
 * RFC 9989, and by RFC 7489 the policy it has where only `np` is wrong, which keeps what older receivers protect.
 */
function ownTags(live: ParsedDmarc): DmarcTags {
  if (live.outcome === 'policy') return live.tags
  const { p: _p, sp: _sp, np: _np, ...rest } = live.tags
  const { p = 'none', sp = p } = live.rfc7489.effective ?? {}
  return { ...rest, p, ...(sp === p ? {} : { sp }) }
}

/** What the record of a parent says for the domain: its `sp` is the domain's policy, and the same for names below it. */
function inheritedTags(live: ParsedDmarc, policyDomain: string, dropped: Dropped[]): DmarcTags {
  const { p: _p, sp, np, psd, other, ...rest } = live.tags
  const policy = (live.outcome === 'policy' ? live.effective : live.rfc7489.effective)?.sp ?? 'none'
  if (psd !== undefined) dropped.push({ value: `psd=${psd}`, message: `It describes ${policyDomain} only.` })
  for (const { name, value } of other ?? []) {
    dropped.push({
      value: `${name}=${value}`,
      message: 'No standard defines this tag, and it is in the record of a parent.',
    })
  }
  const differs = live.outcome === 'policy' && np !== undefined && np !== policy
  return { ...rest, p: policy, ...(differs ? { sp: policy, np } : {}) }
}

function parkedTags(before: DmarcTags, standard: DmarcTags, dropped: Dropped[]): DmarcTags {
  const { p, sp, np, t, pct, ...rest } = before
  for (const [name, value] of Object.entries({ p, sp, np, t, pct })) {
    if (value === undefined || value === 'reject' || value === 'n' || value === 100) continue
    dropped.push({ value: `${name}=${value}`, message: 'A parked domain is hosted with p=reject.' })
  }
  return { ...rest, p: standard.p, sp: standard.sp, np: standard.np }
}

/** Each tag as text, each report address by itself. */
function tagTexts(tags: DmarcTags): string[] {
  return Object.entries(tags).flatMap(([name, value]) => {
    if (name === 'v' || value === undefined) return []
    if (name === 'other') return (tags.other ?? []).map((tag) => `${tag.name}=${tag.value}`)
    return Array.isArray(value) ? value.map((uri) => `${name}=${uri}`) : [`${name}=${String(value)}`]
  })
}

/** A hosted policy as its API takes it: hosts in one text, and the lifetime in whole days, 1 to 365. */
export interface HostedMtaStsSettings {
  /** What senders do when the policy is not met. */
  readonly mode: MtaStsMode
  /** Host patterns, separated by commas. */
  readonly mx: string
  /** Days, 1 to 365. */
  readonly mx_age: number
}

const mostDays = 365

/** The policy to host instead of the live policy file. Its lifetime becomes whole days, rounded up. */
export function takeOverMtaSts(live: MtaStsPolicyTags): TakenOver & { readonly policy: HostedMtaStsSettings } {
  const { mode = 'none', mx, max_age = day } = live
  const mx_age = Math.min(mostDays, Math.max(1, Math.ceil(max_age / day)))
  const exact = mx_age * day === max_age
  return {
    policy: { mode, mx: mx.join(', '), mx_age },
    kept: [`mode: ${mode}`, ...mx.map((host) => `mx: ${host}`), ...(exact ? [`max_age: ${max_age}`] : [])],
    added: exact ? [] : [`max_age: ${mx_age * day}`],
    dropped: exact
      ? []
      : [{ value: `max_age: ${max_age}`, message: 'The lifetime of a hosted policy is whole days, 1 to 365.' }],
  }
}
