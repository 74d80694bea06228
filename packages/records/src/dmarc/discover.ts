import { parseDomainName } from '../names/domain-name.ts'
import type { TxtValue } from '../parsed.ts'
import { RecordError } from '../record-error.ts'
import { oneLevelLower } from './effective.ts'
import type { ParsedDmarc } from './parse.ts'
import { selectDmarc } from './select.ts'
import type { DmarcOutcome, DmarcPolicy } from './tags.ts'

/**
 * Answers the TXT values at a name, following CNAMEs; an empty list where there is no such name or no TXT there. It must
 * reject when the DNS could not be asked, so that "no record" is never guessed.
 */
export type TxtLookup = (name: string) => readonly TxtValue[] | Promise<readonly TxtValue[]>

export interface DiscoverDmarcOptions {
  /** Whether the domain has any record at all; false makes `np` count. Asked only when a parent's policy applies. Default: it exists. */
  readonly exists?: (domain: string) => boolean | Promise<boolean>
  /** Stops between look-ups; a look-up under way is the caller's to stop. */
  readonly signal?: AbortSignal
}

export interface DmarcDiscovery {
  readonly domain: string
  readonly organisationalDomain: string
  /** Where the policy was found; null when there is none. */
  readonly policyDomain: string | null
  readonly record: ParsedDmarc | null
  /** `none` when no record was found, else what a receiver makes of the record. */
  readonly outcome: DmarcOutcome | 'none'
  /** Which tag governs this domain. */
  readonly tag: 'p' | 'sp' | 'np'
  /** The policy as published; null when there is none. */
  readonly policy: DmarcPolicy | null
  /** What is done to failing mail: one level lower in test mode. */
  readonly applied: DmarcPolicy | null
  /** The names asked, in order, at most eight. */
  readonly queries: readonly { readonly name: string; readonly found: 'none' | 'one' | 'several' }[]
}

interface Step {
  readonly domain: string
  readonly record: ParsedDmarc | null
  readonly found: 'none' | 'one' | 'several'
}

/**
 * Finds the policy and the organisational domain by the tree walk of RFC 9989 4.10, in at most eight look-ups.
 * Rejects with RecordError when `domain` is no domain name, and with whatever `lookup` rejects with.
 */
export async function discoverDmarc(
  domain: string,
  lookup: TxtLookup,
  options: DiscoverDmarcOptions = {},
): Promise<DmarcDiscovery> {
  const parsed = parseDomainName(domain)
  if (!parsed.ok) throw new RecordError('Not a domain name.', [parsed.finding])
  const start = parsed.ascii
  const steps = await walk(start, lookup, options.signal)
  const organisationalDomain = organisationalDomainOf(start, steps)
  const chosen = choosePolicy(start, organisationalDomain, steps)
  const queries = steps.map((step) => ({ name: `_dmarc.${step.domain}`, found: step.found }))
  const base = { domain: start, organisationalDomain, queries }
  if (!chosen?.record) {
    return { ...base, policyDomain: null, record: null, outcome: 'none', tag: 'p', policy: null, applied: null }
  }
  const tag = chosen.domain === start ? 'p' : (await options.exists?.(start)) === false ? 'np' : 'sp'
  const policy = chosen.record.effective?.[tag] ?? null
  const applied = policy !== null && chosen.record.effective?.t === 'y' ? oneLevelLower(policy) : policy
  return {
    ...base,
    policyDomain: chosen.domain,
    record: chosen.record,
    outcome: chosen.record.outcome,
    tag,
    policy,
    applied,
  }
}

/** The names a tree walk may ask for, from the domain up to its top-level domain: at most eight (RFC 9989 4.10 step 3). */
export function treeWalkDomains(domain: string): string[] {
  const labels = domain.split('.')
  const parents = labels.length < 8 ? labels.slice(1) : labels.slice(-7)
  return [domain, ...parents.map((_, index) => parents.slice(index).join('.'))]
}

async function walk(start: string, lookup: TxtLookup, signal: AbortSignal | undefined): Promise<Step[]> {
  const steps: Step[] = []
  for (const domain of treeWalkDomains(start)) {
    signal?.throwIfAborted()
    const { record, found } = selectDmarc(await lookup(`_dmarc.${domain}`))
    steps.push({ domain, record, found })
    if (record?.tags.psd === 'y' || record?.tags.psd === 'n') break
  }
  return steps
}

/** RFC 9989 4.10.2. */
function organisationalDomainOf(start: string, steps: readonly Step[]): string {
  const last = steps.at(-1)
  if (last?.record?.tags.psd === 'n') return last.domain
  if (last?.record?.tags.psd === 'y' && last.domain !== start) {
    const labels = start.split('.')
    return labels.slice(-(last.domain.split('.').length + 1)).join('.')
  }
  return steps.findLast((step) => step.record !== null)?.domain ?? start
}

/** RFC 9989 4.10.1: the author domain's record, else the organisational domain's, else the public suffix's. */
function choosePolicy(start: string, organisational: string, steps: readonly Step[]): Step | undefined {
  const at = (domain: string) => steps.find((step) => step.domain === domain && step.record !== null)
  return at(start) ?? at(organisational) ?? steps.find((step) => step.record?.tags.psd === 'y')
}
