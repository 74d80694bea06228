import type { WireTakenOver } from '@dmarc-as-code/client/contract'
import {
  type DmarcTags,
  extraReportUris,
  formatDmarc,
  type ParsedDmarc,
  parseDmarc,
  RecordError,
} from '@dmarc-as-code/records'
import { refused } from './problem.ts'

/** The record that applies to a domain now. */
export interface DmarcToTakeOver {
  record: ParsedDmarc
  /** The domain whose record it is. */
  policyDomain: string
}

export interface TakenOverDmarc {
  /** The record to host. */
  record: string
  taken: NonNullable<WireTakenOver['dmarc']>
}

type Dropped = { value: string; message: string }

/**
 * The record to host instead of the one that is live: its policy, alignment and report addresses, and those of the default
 * record. A parent's record comes to what it says for the domain. A parked domain keeps the policy of the default record.
 *
 * @throws {Problem} 422 when the live record cannot be hosted
 */
export function takeOverDmarc(
  { record: live, policyDomain }: DmarcToTakeOver,
  domain: string,
  defaultRecord: string,
  parked: boolean,
): TakenOverDmarc {
  const own = policyDomain === domain
  const standard = parseDmarc(defaultRecord).tags
  const dropped: Dropped[] = live.errors.map(({ message }) => ({ value: live.text, message }))
  const before = own ? ownTags(live) : inheritedTags(live, policyDomain, dropped)
  const policy = parked ? parkedTags(before, standard, dropped) : before
  const added = { rua: extraReportUris(standard.rua, policy.rua), ruf: extraReportUris(standard.ruf, policy.ruf) }
  const tags: DmarcTags = {
    ...policy,
    rua: [...(policy.rua ?? []), ...added.rua],
    ruf: [...(policy.ruf ?? []), ...added.ruf],
  }
  const had = new Set(tagTexts(before))
  const [kept, changed] = [
    tagTexts(policy).filter((tag) => had.has(tag)),
    tagTexts(policy).filter((tag) => !had.has(tag)),
  ]
  return {
    record: formatted(tags),
    taken: {
      record: live.text,
      policy_domain: policyDomain,
      kept,
      added: [...changed, ...tagTexts(added)],
      dropped,
    },
  }
}

/** The tags of the domain's own record; a record with report addresses and without a policy acts as `p=none`. */
function ownTags(live: ParsedDmarc): DmarcTags {
  return live.tags.p === undefined ? { ...live.tags, p: live.effective?.p ?? 'none' } : live.tags
}

/** What the record of a parent says for the domain: its `sp` is the domain's policy, and the same for names below it. */
function inheritedTags(live: ParsedDmarc, policyDomain: string, dropped: Dropped[]): DmarcTags {
  const { p: _p, sp, np, psd, other, ...rest } = live.tags
  const policy = live.effective?.sp ?? 'none'
  if (psd !== undefined) dropped.push({ value: `psd=${psd}`, message: `It speaks of ${policyDomain} only.` })
  for (const { name, value } of other ?? []) {
    dropped.push({
      value: `${name}=${value}`,
      message: 'No standard names this tag, and it stands in the record of a parent.',
    })
  }
  const differs = np !== undefined && np !== policy
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

function formatted(tags: DmarcTags): string {
  try {
    return formatDmarc(tags, { defaults: 'keep' })
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw refused(
      error.findings.map(({ message }) => ({
        field: 'domain.take_over_current',
        code: 'record_invalid',
        message: `The record that is live cannot be taken over: ${message} Send hosted_dmarc_config instead.`,
      })),
    )
  }
}

/** Each tag as text, each report address by itself. */
function tagTexts(tags: DmarcTags): string[] {
  return Object.entries(tags).flatMap(([name, value]) => {
    if (name === 'v' || value === undefined) return []
    if (name === 'other') return (tags.other ?? []).map((tag) => `${tag.name}=${tag.value}`)
    return Array.isArray(value) ? value.map((uri) => `${name}=${uri}`) : [`${name}=${String(value)}`]
  })
}
